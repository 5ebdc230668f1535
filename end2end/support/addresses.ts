// The addresses of the portal.

export const alder = 'alder-clinics';
export const borealis = 'borealis-freight';

type Tab = 'general' | 'groups' | 'carriers' | 'domains';

/** A tab under Services → SMS, with parameters such as `search`. */
export function smsTab(enterprise: string, tab: Tab, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  const path = tab === 'general' ? '' : `/${tab}`;
  return `/e/${enterprise}/services/sms${path}${query ? `?${query}` : ''}`;
}

/** What is live for the connector app. */
export function configuration(enterprise: string): string {
  return `/e/${enterprise}/configuration`;
}

/** The path of a page, for comparing addresses whatever their parameters. */
export function atTab(enterprise: string, tab: Tab): RegExp {
  return new RegExp(`${smsTab(enterprise, tab)}(\\?|$)`);
}

/** The audit log, with parameters such as `search`. */
export function auditLog(enterprise: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `/e/${enterprise}/audit${query ? `?${query}` : ''}`;
}

/** The Dashboard of an enterprise. */
export function dashboard(enterprise: string): string {
  return `/e/${enterprise}/dashboard`;
}
