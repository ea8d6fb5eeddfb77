import type { ErrorHelp } from './error-help.js';

export const errorHelp: ErrorHelp = {
  errors: {
    MALFORMED_REQUEST:
      'Gövdeyi geçerli JSON olarak, UTF-8 ile ve en fazla 32 düzey derinlikte gönderin; tek bir Host başlığı kullanın.',
    UNAUTHENTICATED:
      'Anahtar eksik, yanlış, iptal edilmiş ya da süresi dolmuş. Authorization başlığını bir kez ve Bearer biçiminde gönderin; gerekirse yeni bir anahtar oluşturun.',
    INSUFFICIENT_SCOPE:
      'Bu işlemin istediği yetkiyle yeni bir anahtar oluşturun. tenants:write okuma yetkisini içermez.',
    CSRF_REJECTED:
      'Yalnızca yönetim panelinin formlarında görülür: sayfayı yenileyip yeniden deneyin. API çağrılarını etkilemez.',
    TENANT_SUSPENDED:
      'Yalnızca müşterinin kendi panelinde görülür: askıya alınmış bir müşteri giriş yapamaz. API ile POST /api/tenants/{id}/activate müşteriyi yeniden etkinleştirir.',
    TENANT_NOT_FOUND:
      'Numara geçerli değil, müşteri silinmiş ya da anahtarınız başka bir müşteriye bağlı. Silinen numaralar yeniden kullanılmaz.',
    IMPORT_NOT_FOUND:
      'Numara yanlış ya da raporun saklama süresi dolmuş. Eklenen müşteriler bundan etkilenmez.',
    ROUTE_NOT_FOUND: 'Adresi bu sayfadakilerle karşılaştırın.',
    METHOD_NOT_ALLOWED: 'Allow başlığındaki yöntemlerden birini kullanın.',
    USERNAME_TAKEN:
      'Başka bir kullanıcı adı gönderin. Aynı anda gelen iki istekten yalnızca biri adı alır.',
    WRITE_REFUSED:
      'Hizmeti işleten kişinin veritabanına eklediği bir tetikleyici ya da kural bu yazmayı durdurdu; yinelemek bir şey değiştirmez. Başka değerler deneyin ya da işletene danışın.',
    ADMIN_NEEDED:
      'Yalnızca yönetim panelinde görülür: önce başka bir yönetici ekleyin ya da onun devre dışı bırakmasını isteyin. API çağrılarını etkilemez.',
    IDEMPOTENCY_IN_PROGRESS:
      'Retry-After başlığındaki saniye kadar bekleyip isteği aynı anahtarla yineleyin; ilk isteğin yanıtını alırsınız.',
    VERSION_CONFLICT:
      'If-Match başlığındaki sürüm artık güncel değil. Müşteriyi yeniden okuyun, değişikliği yeni hâline uygulayın ve yeni ETag ile gönderin. Hiçbir şey değiştirilmemiştir.',
    BODY_TOO_LARGE:
      'Gövdeyi 512 KiB sınırına indirin; sistem talimatı en fazla 32.000 karakter olabilir. 64 MiB ya da 10.000 satırdan büyük bir içe aktarmayı birkaç dosyaya bölün.',
    UNSUPPORTED_MEDIA_TYPE:
      'Content-Type: application/json (içe aktarmada application/x-ndjson) başlığını gönderin ve gövdeyi sıkıştırmayın.',
    VALIDATION_FAILED:
      'errors dizisindeki her pointer bozuk bir alanı gösterir; hepsini düzeltip isteği yineleyin. Hiçbir şey kaydedilmemiştir.',
    IDEMPOTENCY_KEY_REUSED:
      'Her yeni işlem için yeni bir Idempotency-Key üretin; aynı anahtarı yalnızca aynı isteği yinelerken gönderin. Anahtarlar 24 saat saklanır.',
    TOO_MANY_REQUESTS:
      'Retry-After başlığındaki saniye kadar bekleyip isteği yineleyin.',
    UNAVAILABLE:
      'Geçici bir durumdur. Retry-After başlığındaki saniye kadar bekleyip isteği yineleyin.',
    INTERNAL_ERROR:
      'Hata bizdedir. request_id değerini iletin; ayrıntılar aynı numarayla sunucu günlüğündedir.',
  },
  fieldErrors: {
    REQUIRED: 'Alan gönderilmemiş.',
    WRONG_TYPE: 'Değerin türü yanlış; örneğin metin yerine sayı ya da null.',
    TOO_SHORT: 'Değer çok kısa; alt sınır iletide yazar.',
    TOO_LONG:
      'Değer çok uzun. Uzunluklar Unicode kod noktasıyla, parolada UTF-8 baytıyla ölçülür.',
    INVALID_FORMAT: 'Değer beklenen biçimde değil.',
    INVALID_CHARACTERS:
      'Değerde kullanılamayan bir karakter var; örneğin denetim karakteri.',
    OUT_OF_RANGE: 'Sayı izin verilen aralığın dışında.',
    UNKNOWN_FIELD: 'Böyle bir alan yok; adı yanlış yazılmış olabilir.',
  },
};
