/** Texts of the bin. */
export const bin = {
  title: 'Çöp kutusu',
  subtitle:
    'Silinen müşteriler 30 gün burada bekler, sonra kalıcı olarak silinir.',
  deletedAt: 'Silinme',
  deletedBy: 'Silen',
  left: 'Kalan süre',
  days: '{count} gün',
  action: 'İşlem',
  restore: 'Geri al',
  purge: 'Kalıcı olarak sil',
  range: '{total} kayıttan {from}–{to} arası gösteriliyor',
  emptyTitle: 'Çöp kutusu boş',
  emptyText: 'Sildiğiniz müşteriler 30 gün boyunca buradan geri alınabilir.',
  restoreTitle: 'Müşteriyi geri al',
  restoreText:
    'Müşteri bütün bilgileriyle geri gelir. Eski kullanıcı adı başkasına verilmişse yeni bir ad yazın.',
  purgeTitle: 'Kalıcı olarak sil',
  purgeQuestion: 'Bu müşteri kalıcı olarak silinsin mi?',
  purgeText:
    'Parolası, OpenAI API anahtarı ve sistem talimatıyla birlikte silinir. Bu işlem geri alınamaz.',
  purgeConfirm: 'Evet, kalıcı olarak sil',
  cancel: 'Vazgeç, geri dön',
};
