import { tr as messages } from '../common/i18n/tr.js';
import { accounts } from './dashboard/account/accounts.tr.js';
import { audit } from './dashboard/audit/audit.tr.js';
import { bin } from './dashboard/bin/bin.tr.js';
import { imports } from './dashboard/imports/imports.tr.js';
import { list } from './dashboard/tenants/list.tr.js';
import { panel } from './panel/panel.tr.js';
import { promptStarts } from './dashboard/tenants/prompt-starts.tr.js';
import { shortcuts } from './kit/texts/shortcuts.tr.js';

/** Texts of the pages. `en.ts` has the same keys, which the compiler checks. */
export const tr = {
  layout: {
    skip: 'İçeriğe geç',
    navigation: 'Ana menü',
    tenants: 'Müşteriler',
    audit: 'Denetim kaydı',
    tokens: 'API anahtarları',
    admins: 'Yöneticiler',
    account: 'Hesabım:',
    apiDocs: 'API belgeleri',
    signOut: 'Çıkış',
    otherLocale: 'en',
    otherLanguage: 'English',
  },
  flash: {
    created: 'Müşteri eklendi.',
    saved: 'Değişiklikler kaydedildi.',
    deleted: 'Müşteri silindi. 30 gün boyunca çöp kutusundan geri alınabilir.',
    signedOut: 'Oturumunuz kapatıldı.',
    passwordChanged: 'Parolanız değiştirildi; diğer oturumlarınız kapatıldı.',
    sessionEnded: 'Oturum kapatıldı.',
    sessionsEnded: 'Diğer bütün oturumlarınız kapatıldı.',
    adminCreated: 'Yönetici eklendi.',
    adminDisabled: 'Yönetici devre dışı bırakıldı.',
    adminEnabled: 'Yönetici yeniden etkinleştirildi.',
    tokenRevoked: 'API anahtarı iptal edildi.',
    suspended: 'Müşteri askıya alındı.',
    activated: 'Müşteri yeniden etkinleştirildi.',
    manySuspended: '{first} müşteri askıya alındı.',
    someSuspended:
      '{first} müşteri askıya alındı; {second} kayıt atlandı, çünkü zaten askıdaydı ya da artık yok.',
    manyActivated: '{first} müşteri etkinleştirildi.',
    someActivated:
      '{first} müşteri etkinleştirildi; {second} kayıt atlandı, çünkü zaten etkindi ya da artık yok.',
    noneSelected: 'Önce listeden müşteri seçin.',
    restored: 'Müşteri geri alındı.',
    purged: 'Müşteri kalıcı olarak silindi.',
  },
  fields: messages.fields,
  signIn: {
    title: 'Giriş',
    heading: 'Hesabınıza giriş yapın',
    submit: 'Giriş yap',
    hint: 'Hesabınız yoksa veya parolanızı unuttuysanız sistem yöneticinize başvurun.',
  },
  forms: {
    fixOne: 'Kaydedilmedi. Lütfen şu alanı düzeltin:',
    fixMany: 'Kaydedilmedi. Lütfen şu alanları düzeltin:',
    save: 'Kaydet',
    cancel: 'Vazgeç',
    passwordsAgain:
      'Güvenlik nedeniyle parolalar yeniden gösterilmez; hepsini tekrar yazın.',
    secretsAgain:
      'Güvenlik nedeniyle parola ve anahtar yeniden gösterilmez; bu alanları tekrar doldurun.',
    secretsAgainOnEdit:
      'Güvenlik nedeniyle parola ve anahtar yeniden gösterilmez; değiştirmek istiyorsanız tekrar yazın.',
  },
  tenants: {
    title: 'Müşteriler',
    subtitle: 'Sanal resepsiyonist kullanan işletmeler',
    new: 'Yeni müşteri',
    emptyTitle: 'Henüz müşteriniz yok',
    emptyText:
      'İlk işletmeyi ekleyin: bir kullanıcı adı, OpenAI API anahtarı ve sistem talimatı yeterli.',
    business: 'İşletme',
    status: 'Durum',
    key: 'OpenAI anahtarı',
    created: 'Eklenme',
    updated: 'Son değişiklik',
    neverUpdated: 'Hiç değiştirilmedi',
    range: '{total} müşteriden {from}–{to} arası gösteriliyor',
    pages: 'Sayfalar',
    page: '{page}. sayfa',
    previous: 'Önceki',
    next: 'Sonraki',
  },
  keyStates: {
    ok: 'Kayıtlı',
    missing: 'Girilmemiş',
    unreadable: 'Okunamıyor',
    missingHelp:
      'Bu müşterinin anahtarı yok; resepsiyonisti yanıt veremez. Düzenleme sayfasında bir anahtar girin.',
    unreadableHelp:
      'Kayıtlı anahtar çözülemiyor; resepsiyonist yanıt veremez. Düzenleme sayfasında anahtarı yeniden girin.',
  },
  tenant: {
    number: 'Müşteri no. {id}',
    newTitle: 'Yeni müşteri',
    newSubtitle: 'Bilgileri sonradan değiştirebilirsiniz.',
    editTitle: 'Müşteriyi düzenle',
    edit: 'Düzenle',
    delete: 'Sil',
    details: 'Bilgiler',
    version: 'Sürüm',
    copy: 'Kopyala',
    copied: 'Kopyalandı',
    characters: '{count} karakter',
    onlyBeginning: 'yalnızca başı gösteriliyor, tamamı API’de',
    history: 'Geçmişi',
    wholeHistory: 'Bütün geçmişi',
    noHistory:
      'Bu müşteriyle ilgili kayıt yok; eski uygulamada eklenmiş olabilir.',
  },
  tenantForm: {
    account: 'Giriş bilgileri',
    accountHelp: 'İşletmenin kendi hesabına girerken kullanacağı bilgiler.',
    business: 'İşletme',
    assistant: 'Resepsiyonist',
    assistantHelp:
      'Resepsiyonistin nasıl konuşacağını ve neleri bileceğini belirler.',
    usernameHint:
      '3–100 karakter: İngilizce harf, rakam, nokta, alt çizgi ve tire. Büyük harfler küçültülür.',
    passwordHint: 'En az 6 karakter.',
    passwordUnchanged:
      'Boş bırakırsanız değişmez. Yenisi en az 6 karakter olmalı.',
    businessNameHint: 'İşletmenin herkesin bildiği adı; en fazla 255 karakter.',
    keyHint:
      'OpenAI hesabınızdan kopyalayın; “sk-” ile başlar. Şifrelenerek saklanır ve bir daha gösterilmez.',
    keyUnchanged:
      'Boş bırakırsanız değişmez. Yenisi şifrelenerek saklanır ve bir daha gösterilmez.',
    keyStored: 'Kayıtlı anahtar:',
    promptHint:
      'En az 10 karakter. Çalışma saatlerini, hizmetleri ve nasıl hitap edileceğini yazın.',
    kept: 'Kayıtlı metin ({count} karakter) bu forma sığmıyor ya da formda gösterilemeyen işaretler içeriyor; aşağıda başı var. Boş bırakırsanız olduğu gibi kalır.',
    counter: '{count} / {max} karakter',
    startsTitle: 'Hazır başlangıç metinleri',
    startsHelp:
      'İşinize en yakın metni seçin, köşeli ayraç içindeki yerleri kendi bilgilerinizle değiştirin.',
    useStart: 'Bu metni kullan',
    replaceTyped:
      'Yazdığınız metnin yerine bu metin konacak. Devam edilsin mi?',
  },
  conflict: {
    title: 'Siz düzenlerken bu müşteri başka bir yerde değiştirildi',
    text: 'Hiçbir şey kaydedilmedi. Her alan için kayıtlı olanı mı, sizin yazdığınızı mı istediğinizi seçin; yazdığınızı elle de düzenleyebilirsiniz. Sonra kaydedin.',
    hidden:
      'Görünen alanlarda fark yok; ama başkası parolayı, anahtarı ya da durumu değiştirmiş olabilir. Parola veya anahtarı yine de değiştirmek istiyorsanız tekrar yazıp kaydedin.',
    stored: 'Kayıtlı olan',
    typed: 'Sizin yazdığınız',
    secrets: 'Parola ve anahtar',
    secretsHelp:
      'Güvenlik nedeniyle yeniden gösterilmez; değiştirmek istiyorsanız tekrar yazın.',
    byHand: 'Elle düzenle',
  },
  promptStarts,
  shortcuts,
  ...accounts,
  panel,
  ...list,
  bin,
  imports,
  audit,
  deletion: {
    title: 'Müşteriyi sil',
    question: 'Bu müşteri silinsin mi?',
    goes: 'Bundan sonra:',
    account: 'İşletme kendi hesabına giremez; kullanıcı adı hemen boşa çıkar',
    key: 'OpenAI API anahtarı kullanılmaz',
    prompt: 'Resepsiyonist yanıt vermeyi bırakır',
    restorable:
      'Müşteri 30 gün boyunca çöp kutusundan geri alınabilir, sonra kalıcı olarak silinir.',
    changed:
      'Bu müşteri siz bakarken başka bir yerde değiştirildi; silinmedi. Yine de silmek istiyorsanız onaylayın.',
    look: 'Son hâline bak',
    confirm: 'Evet, sil',
    cancel: 'Vazgeç, geri dön',
  },
  errors: {
    requestId: 'İstek numarası',
    requestIdHelp: 'Destek isterken bu numarayı iletin.',
    toTenants: 'Müşterilere dön',
    toPanel: 'Resepsiyonistime dön',
    toSignIn: 'Giriş sayfasına git',
    MALFORMED_REQUEST: {
      title: 'İstek okunamadı',
      text: 'Tarayıcınızın gönderdiği istek anlaşılamadı. Geri dönüp yeniden deneyin.',
    },
    UNAUTHENTICATED: {
      title: 'Giriş yapmanız gerekiyor',
      text: 'Bu sayfayı görmek için giriş yapın.',
    },
    INSUFFICIENT_SCOPE: {
      title: 'Yetkiniz yok',
      text: 'Bu işlem için yetkiniz yok. Sistem yöneticinize başvurun.',
    },
    CSRF_REJECTED: {
      title: 'Form kabul edilmedi',
      text: 'Sayfa uzun süre açık kalmış, oturumunuz değişmiş ya da istek başka bir siteden gelmiş olabilir. Hiçbir şey değiştirilmedi. Tarayıcınızda geri dönün, yazdıklarınızı kopyalayın, sayfayı yenileyin ve yeniden deneyin.',
    },
    TENANT_SUSPENDED: {
      title: 'Hesabınız askıya alındı',
      text: 'Hesabınız hizmet sağlayıcınız tarafından askıya alındı. Yeniden açılması için onunla görüşün; bilgileriniz duruyor.',
    },
    TENANT_NOT_FOUND: {
      title: 'Müşteri bulunamadı',
      text: 'Bu müşteri silinmiş ya da adres yanlış yazılmış olabilir. Listeden arayın; silinmişse çöp kutusundan geri alabilirsiniz.',
    },
    IMPORT_NOT_FOUND: {
      title: 'İçe aktarma bulunamadı',
      text: 'Adres yanlış yazılmış ya da bu içe aktarmanın raporu silinmiş olabilir.',
    },
    ROUTE_NOT_FOUND: {
      title: 'Sayfa bulunamadı',
      text: 'Adres yanlış yazılmış ya da sayfa kaldırılmış olabilir.',
    },
    METHOD_NOT_ALLOWED: {
      title: 'Bu adres böyle açılamaz',
      text: 'Sayfaya menüden ya da bir düğmeyle gidin.',
    },
    USERNAME_TAKEN: {
      title: 'Kullanıcı adı alınmış',
      text: 'Geri dönün ve başka bir kullanıcı adı seçin.',
    },
    WRITE_REFUSED: {
      title: 'Kayıt reddedildi',
      text: 'Veritabanına sonradan eklenmiş bir kural bu kaydı reddetti; hiçbir şey değiştirilmedi. Sistemi kuran kişiye danışın.',
    },
    ADMIN_NEEDED: {
      title: 'Bu yönetici devre dışı bırakılamaz',
      text: 'Kendinizi ya da son etkin yöneticiyi devre dışı bırakamazsınız. Önce başka bir yönetici ekleyin ya da bunu ondan isteyin.',
    },
    IDEMPOTENCY_IN_PROGRESS: {
      title: 'İşleminiz sürüyor',
      text: 'Aynı işlem az önce başlatıldı ve henüz bitmedi. Biraz bekleyip sayfayı yenileyin.',
    },
    VERSION_CONFLICT: {
      title: 'Bu arada değiştirilmiş',
      text: 'Bu müşteri siz bakarken başka bir yerde değiştirildi. Hiçbir şey kaydedilmedi; sayfayı yenileyip yeniden deneyin.',
    },
    BODY_TOO_LARGE: {
      title: 'Gönderilen metin çok uzun',
      text: 'Hiçbir şey kaydedilmedi. Geri dönüp metni kısaltın ve yeniden kaydedin.',
    },
    UNSUPPORTED_MEDIA_TYPE: {
      title: 'Bu içerik kabul edilmiyor',
      text: 'Formu tarayıcınızdan yeniden gönderin.',
    },
    VALIDATION_FAILED: {
      title: 'Adres anlaşılamadı',
      text: 'Adresteki bir değer geçerli değil. Müşteri listesinden devam edin.',
    },
    IDEMPOTENCY_KEY_REUSED: {
      title: 'Bu form daha önce gönderilmiş',
      text: 'Sayfayı yenileyip yeniden deneyin.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Çok fazla istek geldi',
      text: 'Bir dakika bekleyip yeniden deneyin.',
    },
    UNAVAILABLE: {
      title: 'Şu anda yanıt veremiyoruz',
      text: 'Sistem meşgul ya da veritabanına ulaşılamıyor. Biraz bekleyip sayfayı yenileyin.',
    },
    INTERNAL_ERROR: {
      title: 'Beklenmeyen bir hata oluştu',
      text: 'Sorun bizde; kayıt altına alındı. Yeniden deneyin, sürerse aşağıdaki numarayla bize ulaşın.',
    },
  },
  docs: {
    title: 'API belgeleri',
    subtitle: 'Müşterilerinizi kendi yazılımınızdan yönetin.',
    document: 'OpenAPI belgesi',
    contents: 'İçindekiler',
    start: 'Başlarken',
    startToken:
      'Her çağrı bir API anahtarı ister. Anahtarı panelde “API anahtarları” sayfasında ya da sunucuda şu komutla oluşturun; yalnızca bir kez gösterilir:',
    startCall: 'Sonra anahtarı Authorization başlığında gönderin:',
    startErrors:
      'Hatalar RFC 9457 biçimindedir. Metinleri Türkçedir, Accept-Language: en ile İngilizce olur; kodları hiç değişmez.',
    scope: 'Yetki:',
    noToken: 'Anahtar istemez',
    parameters: 'Parametreler',
    body: 'İstek gövdesi',
    responses: 'Yanıtlar',
    name: 'Ad',
    type: 'Tür',
    meaning: 'Açıklama',
    status: 'Durum',
    headers: 'Başlıklar',
    required: 'zorunlu',
    schemas: 'Şemalar',
    errors: 'Hata kodları',
    errorsHelp:
      'Yanıtın type alanı bu bölümdeki açıklamaya götürür. Programınızda metne değil, code alanına bakın.',
    fieldErrors: 'Alan hataları',
    fieldErrorsHelp:
      'VALIDATION_FAILED yanıtındaki errors dizisi, her bozuk alan için bunlardan birini taşır.',
    call: 'Örnek çağrı',
    answer: 'Örnek yanıt',
    places: { path: 'yolda', query: 'sorguda', header: 'başlıkta' },
    whatToDo: 'Ne yapmalı?',
  },
};

export type PageTexts = typeof tr;
