// The stand-in of a carrier as tests speak of it.
import type { StandIn } from '../fixtures/stand-in.ts';

/** A key that it knows. */
export const KEY = 'nss_demo_key';
/** One that it refuses. */
export const REVOKED_KEY = 'nss_revoked_key';
/** For how long answers are held back, in milliseconds, until a test lets them go: a little less than the portal waits. */
export const HELD_BACK = 10_000;
/** What is asked of a carrier shows within this time: it is compared every five seconds, and has to be asked then. */
export const SOON = { timeout: 20_000 };

/** The stand-in of the worker. */
export function atCarrier(standIn: StandIn | null): StandIn {
  if (!standIn) {
    throw new Error('these tests need the stand-in');
  }
  return standIn;
}
