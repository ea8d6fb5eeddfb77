import type { PageTexts } from './tr.js';

export const en: PageTexts = {
  layout: {
    skip: 'Skip to content',
    tenants: 'Tenants',
    apiDocs: 'API docs',
    signOut: 'Sign out',
    signedInAs: 'Signed in: {name}',
    language: 'Language',
  },
};
