// Who is in the demo content.

export type Person = {
  name: string;
  email: string;
  password: string;
};

export const people = {
  /** Admin of Alder Clinics, where everything is switched on. */
  alderAdmin: { name: 'Amara Okafor', email: 'admin@alderclinics.example', password: 'alder-admin-demo-password' },
  /** May look at Alder Clinics only. */
  alderViewer: { name: 'Victor Lindqvist', email: 'viewer@alderclinics.example', password: 'alder-viewer-demo-password' },
  /** Admin of Borealis Freight, which leaves everything to its provider. */
  borealisAdmin: { name: 'Bela Novak', email: 'admin@borealisfreight.example', password: 'borealis-admin-demo-password' },
  /** May look at Borealis Freight only. Sessions of this person end in tests; nobody else may rely on them. */
  borealisViewer: {
    name: 'Vera Castillo',
    email: 'viewer@borealisfreight.example',
    password: 'borealis-viewer-demo-password',
  },
  /** Admin of both enterprises. */
  adminOfBoth: { name: 'Quinn Abara', email: 'both@northwind-voice.example', password: 'both-admin-demo-password' },
  /** Admin of the provider of both. */
  provider: { name: 'Priya Raman', email: 'provider@northwind-voice.example', password: 'provider-demo-password' },
} satisfies Record<string, Person>;

/** Why those who may only look cannot press a button. */
export const ONLY_TO_LOOK = 'You can look at everything here but not change it. Ask an admin of your enterprise.';
