/** Turkish texts: the reference catalogue. `en.ts` has the same shape, which the compiler checks. */
export const tr = {
  errors: {
    MALFORMED_REQUEST: {
      title: 'Bozuk istek',
      detail: 'İstek okunamadı: JSON bozuk, çok derin ya da UTF-8 değil.',
    },
    UNAUTHENTICATED: {
      title: 'Kimlik doğrulanamadı',
      detail: 'Geçerli bir API anahtarı gerekli: Authorization: Bearer vr_…',
    },
    INSUFFICIENT_SCOPE: {
      title: 'Yetki yetersiz',
      detail: 'Bu API anahtarının bu işlem için yetkisi yok.',
    },
    CSRF_REJECTED: {
      title: 'İstek reddedildi',
      detail:
        'Formun süresi dolmuş ya da istek başka bir siteden gelmiş. Sayfayı yenileyip yeniden deneyin.',
    },
    TENANT_SUSPENDED: {
      title: 'Hesap askıda',
      detail: 'Bu hesap askıya alınmış; hizmet sağlayıcınıza başvurun.',
    },
    TENANT_NOT_FOUND: { title: 'Bulunamadı', detail: 'Müşteri bulunamadı' },
    IMPORT_NOT_FOUND: { title: 'Bulunamadı', detail: 'İçe aktarma bulunamadı' },
    ROUTE_NOT_FOUND: { title: 'Bulunamadı', detail: 'Böyle bir adres yok.' },
    METHOD_NOT_ALLOWED: {
      title: 'Yöntem desteklenmiyor',
      detail: 'Bu adres bu yöntemle kullanılamaz; Allow başlığına bakın.',
    },
    USERNAME_TAKEN: {
      title: 'Çakışma',
      detail: 'Bu kullanıcı adı zaten kullanılıyor',
    },
    WRITE_REFUSED: {
      title: 'Kayıt reddedildi',
      detail:
        'Veritabanına sonradan eklenmiş bir kural bu kaydı reddetti; hiçbir şey değiştirilmedi.',
    },
    ADMIN_NEEDED: {
      title: 'Çakışma',
      detail: 'Kendinizi ya da son etkin yöneticiyi devre dışı bırakamazsınız.',
    },
    IDEMPOTENCY_IN_PROGRESS: {
      title: 'Çakışma',
      detail: 'Bu Idempotency-Key ile gönderilen istek hâlâ işleniyor.',
    },
    VERSION_CONFLICT: {
      title: 'Sürüm çakışması',
      detail:
        'Müşteri siz okuduktan sonra değiştirilmiş ya da If-Match başlığı anlaşılmadı (biçimi: "2"); yeniden okuyup değişikliğinizi tekrarlayın.',
    },
    BODY_TOO_LARGE: {
      title: 'İstek çok büyük',
      detail:
        'İstek gövdesi en fazla 512 KiB, içe aktarma dosyası en fazla 64 MiB ve 10.000 satır olabilir.',
    },
    UNSUPPORTED_MEDIA_TYPE: {
      title: 'Desteklenmeyen içerik türü',
      detail:
        'Gövde, sıkıştırılmamış UTF-8 application/json (içe aktarmada application/x-ndjson) olmalı.',
    },
    VALIDATION_FAILED: {
      title: 'Geçersiz veri',
      detail: 'Gönderilen veri kurallara uymuyor; ayrıntılar errors alanında.',
    },
    IDEMPOTENCY_KEY_REUSED: {
      title: 'Anahtar yeniden kullanılmış',
      detail: 'Bu Idempotency-Key daha önce başka bir istekle kullanılmış.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Çok fazla istek',
      detail: 'Çok fazla deneme yapıldı. Biraz bekleyip yeniden deneyin.',
    },
    UNAVAILABLE: {
      title: 'Şu anda yanıt verilemiyor',
      detail: 'Sistem şu anda meşgul. Biraz bekleyip yeniden deneyin.',
    },
    INTERNAL_ERROR: {
      title: 'Sunucu hatası',
      detail:
        'Beklenmeyen bir hata oluştu. Sorun sürerse istek numarasıyla bize ulaşın.',
    },
  },
  importRows: {
    MALFORMED_REQUEST:
      'Satır okunamadı: JSON bozuk, çok derin ya da UTF-8 değil.',
    BODY_TOO_LARGE: 'Satır en fazla 512 KiB olabilir.',
    USERNAME_TAKEN: 'Bu kullanıcı adı zaten kullanılıyor.',
    WRITE_REFUSED:
      'Veritabanına sonradan eklenmiş bir kural bu satırı reddetti; sistem yöneticinize danışın.',
    INTERNAL_ERROR:
      'Bu satır işlenirken beklenmeyen bir hata oluştu; satırı yeniden gönderin.',
  },
  /** Of a form; `{time}` as `15 dakika`. */
  waitBeforeRetry: 'Çok fazla deneme yapıldı. {time} sonra yeniden deneyin.',
  signInFailed: 'Kullanıcı adı veya parola yanlış. Yeniden deneyin.',
  fields: {
    username: 'Kullanıcı adı',
    password: 'Parola',
    business_name: 'İşletme adı',
    openai_api_key: 'OpenAI API anahtarı',
    system_prompt: 'Sistem talimatı',
    current_password: 'Şu anki parola',
    new_password: 'Yeni parola',
    new_password_again: 'Yeni parola (tekrar)',
    name: 'Ad',
    scopes: 'Yetkiler',
    tenant_id: 'Müşteri numarası',
    expires_in_days: 'Geçerlilik süresi',
    tenant: 'Müşteri numarası',
    file: 'Dosya',
    skip: 'skip',
    limit: 'limit',
    search: 'search',
    status: 'status',
    sort: 'sort',
    after: 'after',
    before: 'before',
    action: 'action',
    actor: 'actor',
    target: 'target',
    password_hash: 'Parola özeti',
    dry_run: 'dry_run',
    only: 'only',
    format: 'format',
    delimiter: 'delimiter',
    other: 'Bu alan',
  },
  validation: {
    REQUIRED: '{field} gerekli.',
    WRONG_TYPE: '{field} metin olmalı.',
    TOO_SHORT: '{field} en az {min} karakter olmalı.',
    TOO_LONG: '{field} en fazla {max} karakter olabilir.',
    INVALID_FORMAT: '{field} doğru biçimde değil.',
    INVALID_CHARACTERS: '{field} kullanılamayan bir karakter içeriyor.',
    OUT_OF_RANGE: '{field} {min} ile {max} arasında olmalı.',
    UNKNOWN_FIELD: 'Böyle bir alan yok.',
  },
  errorReasons: {
    SCOPE_NEEDED: 'Bu API anahtarının bu işlem için yetkisi yok: {scope}',
    OWN_IMPORTS:
      'Aynı anda en çok {most} içe aktarmanız olabilir. Biri bitince yeniden gönderin ya da birini iptal edin.',
  },
  fieldValidation: {
    'idempotency-key.INVALID_FORMAT':
      'Idempotency-Key başlığı bir kez verilmeli; boşluksuz, en fazla 255 ASCII karakter olmalı.',
    'username.INVALID_CHARACTERS':
      'Kullanıcı adında yalnızca İngilizce harfler, rakamlar, nokta, alt çizgi ve tire kullanılabilir.',
    'username.INVALID_FORMAT':
      'Kullanıcı adı bir harf ya da rakamla başlayıp bitmeli.',
    'password.TOO_LONG':
      'Parola en fazla {max} bayt olabilir; Türkçe harfler iki bayt sayılır.',
    'password.INVALID_FORMAT':
      'Bu parola çok bilinen parolalardan; başka bir parola seçin.',
    'password_hash.INVALID_FORMAT':
      'Parola özeti, maliyeti 10 ile 12 arasında bir bcrypt özeti olmalı ve parolayla birlikte verilmemeli.',
    'current_password.INVALID_FORMAT':
      'Şu anki parolanızı yanlış yazdınız. Yeniden deneyin.',
    'new_password.TOO_LONG':
      'Yeni parola en fazla {max} bayt olabilir; Türkçe harfler iki bayt sayılır.',
    'new_password.INVALID_FORMAT':
      'Yeni parola çok bilinen parolalardan; başka bir parola seçin.',
    'new_password_again.INVALID_FORMAT':
      'İki yeni parola aynı değil; ikisini de yeniden yazın.',
    'file.REQUIRED': 'Bir dosya seçin.',
    'file.TOO_SHORT':
      'Dosyada hiç müşteri yok. Her satırda bir müşteri olmalı.',
    'file.TOO_LONG':
      'Dosya en fazla 64 MiB ve 10.000 satır olabilir; bölerek gönderin.',
    'file.INVALID_FORMAT':
      'Bu dosya beklenen biçimde değil: ilk satırı okunamadı. Her satırda bir müşterinin JSON nesnesi olmalı ve dosya UTF-8 olarak kaydedilmeli; aşağıda bir örnek var.',
    'file.WRONG_TYPE':
      'Dosya okunamadı ya da yarıda kesildi. Yeniden gönderin.',
    'name.TOO_SHORT': 'Ad boş olamaz.',
    'name.INVALID_FORMAT': 'Ad yalnızca boşluklardan oluşamaz.',
    'scopes.REQUIRED': 'En az bir yetki seçin.',
    'tenant_id.INVALID_FORMAT':
      'Bu numarada bir müşteri yok; numara müşterinin sayfasında yazar.',
    'expires_in_days.INVALID_FORMAT':
      'Geçerlilik süresini gün olarak, yalnızca rakamla yazın.',
    'tenant.INVALID_FORMAT': 'Müşteri numarasını yalnızca rakamla yazın.',
    'business_name.TOO_SHORT': 'İşletme adı boş olamaz.',
    'business_name.INVALID_FORMAT':
      'İşletme adı yalnızca boşluklardan oluşamaz.',
    'openai_api_key.INVALID_CHARACTERS':
      'OpenAI API anahtarında boşluk veya Türkçe harf olamaz; anahtarı yeniden kopyalayın.',
    'body.WRONG_TYPE': 'Gövde bir JSON nesnesi olmalı.',
    'body.REQUIRED': 'Gövde boş olamaz.',
    'skip.INVALID_FORMAT':
      'skip bir kez verilmeli ve yalnızca rakamlardan oluşmalı.',
    'search.INVALID_FORMAT': 'search yalnızca bir kez verilebilir.',
    'status.INVALID_FORMAT':
      'status bir kez verilmeli; active ya da suspended olmalı.',
    'sort.INVALID_FORMAT':
      'sort bir kez verilmeli; id, username, business_name, created_at ya da updated_at olmalı, azalan sıra için önüne - konmalı.',
    'after.INVALID_FORMAT':
      'after bir kez verilmeli; aynı sıralamayla alınmış bir yanıtın X-Next-Cursor değeri ya da boş olmalı.',
    'limit.INVALID_FORMAT':
      'limit bir kez verilmeli ve yalnızca rakamlardan oluşmalı.',
  } as Record<string, string>,
};

export type Messages = typeof tr;
