import type { ErrorHelp } from './error-code-docs.js';

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
    TENANT_NOT_FOUND:
      'Numara geçerli değil, müşteri silinmiş ya da anahtarınız başka bir müşteriye bağlı. Silinen numaralar yeniden kullanılmaz.',
    ROUTE_NOT_FOUND: 'Adresi bu sayfadakilerle karşılaştırın.',
    METHOD_NOT_ALLOWED: 'Allow başlığındaki yöntemlerden birini kullanın.',
    USERNAME_TAKEN:
      'Başka bir kullanıcı adı gönderin. Aynı anda gelen iki istekten yalnızca biri adı alır.',
    ADMIN_NEEDED:
      'Yalnızca yönetim panelinde görülür: önce başka bir yönetici ekleyin ya da onun devre dışı bırakmasını isteyin. API çağrılarını etkilemez.',
    BODY_TOO_LARGE:
      'Gövdeyi 512 KiB sınırına indirin; sistem talimatı en fazla 32.000 karakter olabilir.',
    UNSUPPORTED_MEDIA_TYPE:
      'Content-Type: application/json başlığını gönderin ve gövdeyi sıkıştırmayın.',
    VALIDATION_FAILED:
      'errors dizisindeki her pointer bozuk bir alanı gösterir; hepsini düzeltip isteği yineleyin. Hiçbir şey kaydedilmemiştir.',
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
