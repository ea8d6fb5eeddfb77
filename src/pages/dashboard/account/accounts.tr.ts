/** Texts of the pages about admins, sessions and API tokens. */
export const accounts = {
  account: {
    title: 'Hesabım',
    subtitle: '{username} olarak giriş yaptınız.',
    password: 'Parola değiştir',
    passwordHelp:
      'Değiştirdiğinizde bu oturum dışındaki bütün oturumlarınız kapanır.',
    currentHint: 'Bu sayfayı kullananın siz olduğunuzu anlamak için.',
    newHint:
      'En az 12 karakter; en fazla 72 bayt. Çok bilinen parolalar kabul edilmez.',
    againHint: 'Yanlış yazmadığınızdan emin olmak için bir kez daha.',
    change: 'Parolayı değiştir',
    sessions: 'Oturumlarım',
    sessionsHelp:
      'Tanımadığınız bir oturum görürseniz kapatın ve parolanızı değiştirin.',
    browser: 'Tarayıcı',
    unknownBrowser: 'Bilinmeyen tarayıcı',
    thisOne: 'Bu oturum',
    address: 'Adres',
    unknownAddress: 'Bilinmiyor',
    started: 'Başlangıç',
    lastUsed: 'Son kullanım',
    action: 'İşlem',
    end: 'Oturumu kapat',
    endOthers: 'Diğer bütün oturumları kapat',
  },
  admins: {
    title: 'Yöneticiler',
    subtitle: 'Bu panele girebilen kişiler',
    new: 'Yeni yönetici',
    newSubtitle: 'Her kişi için ayrı bir yönetici ekleyin.',
    username: 'Yönetici',
    you: 'siz',
    created: 'Eklenme',
    lastSignIn: 'Son giriş',
    neverSignedIn: 'Henüz yok',
    state: 'Durum',
    active: 'Etkin',
    disabled: 'Devre dışı',
    action: 'İşlem',
    disable: 'Devre dışı bırak',
    enable: 'Yeniden etkinleştir',
    ownAccount: 'Hesabıma git',
    passwordHint:
      'En az 12 karakter. Kişi ilk girişinden sonra kendi hesabından değiştirmeli.',
    disableTitle: 'Yöneticiyi devre dışı bırak',
    disableQuestion: 'Bu yönetici devre dışı bırakılsın mı?',
    disableEffects: 'Bundan sonra:',
    disableSessions: 'Açık oturumları hemen kapanır',
    disableSignIn: 'Yeniden giriş yapamaz',
    disableTokens:
      'Oluşturduğu API anahtarları çalışmayı sürdürür; gerekiyorsa onları ayrıca iptal edin',
    disableBack: 'Dilediğinizde yeniden etkinleştirebilirsiniz.',
    disableConfirm: 'Evet, devre dışı bırak',
    disableSelf:
      'Kendinizi devre dışı bırakamazsınız. Bunu başka bir yöneticiden isteyin.',
    cancel: 'Vazgeç, geri dön',
  },
  tokens: {
    title: 'API anahtarları',
    subtitle: 'Kendi yazılımınızın müşterilere erişmesi için',
    new: 'Yeni API anahtarı',
    newSubtitle: 'Anahtar oluşturulduğunda yalnızca bir kez gösterilir.',
    emptyTitle: 'Henüz API anahtarı yok',
    emptyText:
      'Müşterileri başka bir yazılımdan yönetecekseniz bir anahtar oluşturun.',
    name: 'Anahtar',
    scopes: 'Yetkiler',
    tenant: 'Müşteri',
    allTenants: 'Bütün müşteriler',
    tenantNumber: 'Müşteri no. {id}',
    created: 'Oluşturulma',
    expires: 'Son geçerlilik',
    never: 'Süresiz',
    lastUsed: 'Son kullanım',
    neverUsed: 'Hiç kullanılmadı',
    state: 'Durum',
    action: 'İşlem',
    revoke: 'İptal et',
    details: 'Anahtar',
    nameHint:
      'Nerede kullanılacağını anlatan bir ad; en fazla 100 karakter. Örneğin “Randevu yazılımı”.',
    scopesHint: 'Yalnızca gerekenleri seçin.',
    limits: 'Sınırlar',
    tenantHint:
      'Boş bırakırsanız anahtar bütün müşterilere erişir. Yazarsanız yalnızca o müşteriye.',
    expiresHint:
      'Gün sayısı, en fazla 3650. Boş bırakırsanız iptal edilene kadar geçerlidir.',
    create: 'Anahtarı oluştur',
    sentBefore:
      'Bu formla az önce bir anahtar oluşturuldu ve yalnızca o yanıtta gösterildi. Kopyalayamadıysanız o anahtarı listeden iptal edin, sonra buradan yenisini oluşturun.',
    toList: 'API anahtarlarına dön',
    createdTitle: 'API anahtarı oluşturuldu',
    createdOnce:
      'Anahtarı şimdi kopyalayıp güvenli bir yerde saklayın. Bu sayfadan ayrıldığınızda bir daha gösterilmez.',
    createdUse: 'Çağrılarınızda şu başlıkla gönderin:',
    revokeTitle: 'API anahtarını iptal et',
    revokeQuestion: 'Bu API anahtarı iptal edilsin mi?',
    revokeEffect:
      'Bu anahtarı kullanan yazılım hemen erişimini kaybeder. Bu işlem geri alınamaz; gerekirse yeni bir anahtar oluşturursunuz.',
    revokeConfirm: 'Evet, iptal et',
    revoked: 'Bu anahtar zaten iptal edilmiş.',
    cancel: 'Vazgeç, geri dön',
  },
  tokenStates: {
    active: 'Geçerli',
    expired: 'Süresi doldu',
    revoked: 'İptal edildi',
  },
  scopes: {
    'tenants:read': {
      name: 'Müşterileri görme',
      help: 'Müşteri listesini ve bilgilerini okur; parolalar ve anahtarlar hiç gösterilmez.',
    },
    'tenants:write': {
      name: 'Müşterileri değiştirme',
      help: 'Müşteri ekler, değiştirir ve siler. Görme yetkisini içermez.',
    },
    'tokens:admin': {
      name: 'API anahtarlarını yönetme',
      help: 'Yeni anahtarlar oluşturabilir ve iptal edebilir. Yalnızca çok güvendiğiniz bir yazılıma verin.',
    },
    'audit:read': {
      name: 'Denetim kaydını görme',
      help: 'Kimin neyi ne zaman değiştirdiğini okur. Tek müşteriye bağlı anahtarlarda işe yaramaz.',
    },
    'receptionist:invoke': {
      name: 'Resepsiyonisti konuşturma',
      help: 'Müşterinin sanal resepsiyonistine soru sorar; OpenAI kullanım ücreti doğurur.',
    },
  },
};
