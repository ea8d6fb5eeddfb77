/** Texts of the pages. `en.ts` has the same keys, which the compiler checks. */
export const tr = {
  layout: {
    skip: 'İçeriğe geç',
    tenants: 'Müşteriler',
    apiDocs: 'API belgeleri',
    signOut: 'Çıkış',
    signedInAs: 'Oturum: {name}',
    language: 'Dil',
  },
};

export type PageTexts = typeof tr;
