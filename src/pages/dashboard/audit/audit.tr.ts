import type { AuditAction } from '../../../audit/audit-actions.js';

type Group = AuditAction extends `${infer G}.${string}` ? G : never;
type ActionOf<G extends string, A> = A extends `${G}.${infer Name}`
  ? Name
  : never;

/** A text for every action: an action without one does not compile. */
type ActionTexts = { [G in Group]: Record<ActionOf<G, AuditAction>, string> };

/** Texts of the audit trail. `sentencesByNumber` is for those whose name is gone. */
export const audit = {
  title: 'Denetim kaydı',
  subtitle: 'Kim, neyi, ne zaman yaptı; en yenisi başta',
  filter: 'Süz',
  clear: 'Süzgeci temizle',
  allActions: 'Bütün işlemler',
  allActors: 'Herkes',
  action: 'İşlem',
  actor: 'Yapan',
  tenant: 'Müşteri numarası',
  target: 'Yalnızca şununla ilgili olanlar gösteriliyor: {target}',
  at: 'Zaman',
  what: 'Ne oldu?',
  details: 'Ayrıntılar',
  address: 'Adres:',
  request: 'İstek:',
  noRequest: 'Panelin dışından',
  emptyTitle: 'Kayıt yok',
  emptyText: 'Bu süzgece uyan bir kayıt bulunmuyor.',
  pages: 'Sayfalar',
  older: 'Daha eski',
  newest: 'En yeniye dön',
  unknownTime: 'Zamanı okunamıyor',
  actors: {
    admin: '{name}',
    adminByNumber: '{id} numaralı yönetici',
    token: '“{name}” API anahtarı',
    tokenByNumber: '{id} numaralı API anahtarı',
    tenant: '{name} (müşterinin kendisi)',
    tenantByNumber: '{id} numaralı müşterinin kendisi',
    operator: 'Sunucu sorumlusu (komut satırı)',
    system: 'Sistem',
    visitor: 'Giriş yapmamış biri',
  },
  actions: {
    tenant: {
      created: 'Müşteri ekleme',
      updated: 'Müşteri değiştirme',
      deleted: 'Müşteriyi çöp kutusuna taşıma',
      suspended: 'Müşteriyi askıya alma',
      activated: 'Müşteriyi yeniden etkinleştirme',
      restored: 'Müşteriyi çöp kutusundan geri alma',
      purged: 'Müşteriyi kalıcı olarak silme',
      signed_in: 'Müşteri girişi',
      sign_in_refused: 'Askıdaki müşterinin giriş denemesi',
      signed_out: 'Müşteri çıkışı',
      hash_renewed: 'Müşteri parolasının özetini güçlendirme',
      password_change_failed: 'Müşterinin başarısız parola değiştirmesi',
    },
    tenants: {
      imported: 'Müşterileri içe aktarma',
      import_cancelled: 'İçe aktarmayı iptal etme',
      exported: 'Müşterileri dışa aktarma',
    },
    admin: {
      created: 'Yönetici ekleme',
      signed_in: 'Giriş',
      sign_in_failed: 'Başarısız giriş',
      signed_out: 'Çıkış',
      disabled: 'Yöneticiyi devre dışı bırakma',
      enabled: 'Yöneticiyi yeniden etkinleştirme',
      password_changed: 'Kendi parolasını değiştirme',
      password_set: 'Yöneticiye yeni parola verme',
      hash_renewed: 'Yönetici parolasının özetini yenileme',
      password_change_failed: 'Başarısız parola değiştirme',
      session_ended: 'Bir oturumunu kapatma',
      sessions_ended: 'Diğer oturumlarını kapatma',
    },
    token: {
      created: 'API anahtarı oluşturma',
      revoked: 'API anahtarı iptali',
    },
    keys: {
      rotated: 'Şifreleme anahtarını yenileme',
      retired: 'Şifreleme anahtarını kaldırma',
      adopted: 'Eski uygulamanın anahtarını devralma',
    },
    database: {
      exported: 'Veritabanı yedeği alma',
      restored: 'Veritabanını yedekten geri yükleme',
    },
    audit: { restarted: 'Denetim kaydının yeniden başlaması' },
  } satisfies ActionTexts,
  sentences: {
    tenant: {
      created: '{actor}, {target} müşterisini ekledi',
      updated: '{actor}, {target} müşterisinin {fields} değiştirdi',
      deleted: '{actor}, {target} müşterisini çöp kutusuna taşıdı',
      suspended: '{actor}, {target} müşterisini askıya aldı',
      activated: '{actor}, {target} müşterisini yeniden etkinleştirdi',
      restored: '{actor}, {target} müşterisini çöp kutusundan geri aldı',
      purged: '{actor}, {target} müşterisini kalıcı olarak sildi',
      signed_in: '{actor} giriş yaptı',
      sign_in_refused:
        '{actor} giriş yapmak istedi, hesabı askıda olduğu için alınmadı',
      signed_out: '{actor} çıkış yaptı',
      hash_renewed: '{actor} giriş yaparken parolasının özeti güçlendirildi',
      password_change_failed:
        '{actor} parolasını değiştirmeyi denedi, şu anki parolasını yanlış yazdı',
    },
    tenants: {
      imported: '{actor}, {target} numaralı içe aktarmayı başlattı',
      import_cancelled: '{actor}, {target} numaralı içe aktarmayı iptal etti',
      exported: '{actor}, müşterileri dışa aktardı',
    },
    admin: {
      created: '{actor}, {target} adlı yöneticiyi ekledi',
      signed_in: '{actor} giriş yaptı',
      sign_in_failed:
        '{actor} giriş yapmayı denedi, kullanıcı adı ya da parola yanlıştı',
      signed_out: '{actor} çıkış yaptı',
      disabled: '{actor}, {target} adlı yöneticiyi devre dışı bıraktı',
      enabled: '{actor}, {target} adlı yöneticiyi yeniden etkinleştirdi',
      password_changed: '{actor} kendi parolasını değiştirdi',
      password_set: '{actor}, {target} adlı yöneticiye yeni parola verdi',
      hash_renewed: '{actor} giriş yaparken parolasının özeti yenilendi',
      password_change_failed:
        '{actor} parolasını değiştirmeyi denedi, şu anki parolasını yanlış yazdı',
      session_ended: '{actor} kendi oturumlarından birini kapattı',
      sessions_ended: '{actor} diğer bütün oturumlarını kapattı',
    },
    token: {
      created: '{actor}, {target} adlı API anahtarını oluşturdu',
      revoked: '{actor}, {target} adlı API anahtarını iptal etti',
    },
    keys: {
      rotated:
        '{actor}, kayıtlı anahtarları {target} numaralı şifreleme anahtarıyla yeniden şifreledi',
      retired: '{actor}, {target} numaralı şifreleme anahtarını kaldırdı',
      adopted:
        '{actor}, {target} müşterisinin eski uygulamada yazılmış anahtarını devraldı',
    },
    database: {
      exported: '{actor}, veritabanının yedeğini aldı',
      restored: '{actor}, veritabanını yedekten geri yükledi',
    },
    audit: {
      restarted:
        '{actor}, denetim kaydının anahtarı ve sonu silinmiş olduğu için kayda yeniden başladı; öncesine güvenilemez',
    },
  } satisfies ActionTexts,
  sentencesByNumber: {
    tenant: {
      created: '{actor}, {target} numaralı müşteriyi ekledi',
      updated: '{actor}, {target} numaralı müşterinin {fields} değiştirdi',
      deleted: '{actor}, {target} numaralı müşteriyi çöp kutusuna taşıdı',
      suspended: '{actor}, {target} numaralı müşteriyi askıya aldı',
      activated: '{actor}, {target} numaralı müşteriyi yeniden etkinleştirdi',
      restored: '{actor}, {target} numaralı müşteriyi çöp kutusundan geri aldı',
      purged: '{actor}, {target} numaralı müşteriyi kalıcı olarak sildi',
    },
    admin: {
      created: '{actor}, {target} numaralı yöneticiyi ekledi',
      disabled: '{actor}, {target} numaralı yöneticiyi devre dışı bıraktı',
      enabled: '{actor}, {target} numaralı yöneticiyi yeniden etkinleştirdi',
    },
    token: {
      created: '{actor}, {target} numaralı API anahtarını oluşturdu',
      revoked: '{actor}, {target} numaralı API anahtarını iptal etti',
    },
    keys: {
      adopted:
        '{actor}, {target} numaralı müşterinin eski uygulamada yazılmış anahtarını devraldı',
    },
  },
  /** Of those who changed themselves. */
  sentencesOfOneself: {
    tenant: { updated: '{target} müşterisi kendi {fields} değiştirdi' },
  },
  /** As the object of "değiştirdi". */
  fields: {
    username: 'kullanıcı adını',
    password: 'parolasını',
    business_name: 'işletme adını',
    openai_api_key: 'OpenAI API anahtarını',
    system_prompt: 'sistem talimatını',
  },
  someFields: 'bilgilerini',
};
