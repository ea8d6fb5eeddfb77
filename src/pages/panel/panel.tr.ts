/** Texts of the tenants' own panel. */
export const panel = {
  navigation: 'Panel menüsü',
  settings: 'Resepsiyonistim',
  password: 'Parolam',
  account: 'Hesabım',
  usernameHelp: 'Değiştirilmesi için hizmet sağlayıcınıza başvurun.',
  changePassword: 'Parolamı değiştir',
  updated: 'Son değişiklik',
  neverUpdated: 'Henüz yok',
  business: 'İşletmem',
  businessNameHint: 'İşletmenizin herkesin bildiği adı; en fazla 255 karakter.',
  assistant: 'Resepsiyonistim',
  assistantHelp:
    'Resepsiyonistinizin nasıl konuşacağını ve neleri bileceğini belirler.',
  keyMissing:
    'OpenAI API anahtarınız girilmemiş; resepsiyonistiniz yanıt veremez. Aşağıya bir anahtar girip kaydedin.',
  keyUnreadable:
    'Kayıtlı OpenAI API anahtarınız okunamıyor; resepsiyonistiniz yanıt veremez. Anahtarı aşağıya yeniden girip kaydedin.',
  keyAgain:
    'Güvenlik nedeniyle anahtar yeniden gösterilmez; değiştirmek istiyorsanız tekrar yazın.',
  conflictTitle: 'Siz düzenlerken bilgileriniz başka bir yerde değiştirildi',
  conflictText:
    'Değişiklikleriniz henüz kaydedilmedi. Aşağıda kayıtlı hâli ve sizin yazdığınız yan yana. Formu gözden geçirip yeniden kaydederseniz formdakiler geçerli olur.',
  passwordTitle: 'Parolamı değiştir',
  passwordHelp:
    'Değiştirdiğinizde bu oturum dışındaki bütün oturumlarınız kapanır.',
  newPasswordHint:
    'En az 6 karakter; en fazla 72 bayt, Türkçe harfler iki bayt sayılır.',
};
