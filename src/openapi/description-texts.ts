import type { Locale } from '../common/i18n/locale.js';

/** The OpenAPI document is English; these are its texts for the Turkish page. */
const TURKISH: Record<string, string> = {
  tenants: 'Müşteriler',
  health: 'Sağlık denetimi',
  documentation: 'Belgeler',
  audit: 'Denetim kaydı',
  'Who did what': 'Kimin ne yaptığı',
  'Who did what, newest first': 'Kimin ne yaptığını en yeniden eskiye listeler',
  'Names of the changed fields; never their values.':
    'Değişen alanların adları; değerleri asla yer almaz.',
  'Null only when the entry was tampered with.':
    'Yalnızca kayıt kurcalanmışsa null olur.',
  '`admin:ID`, `token:ID`, `operator`, `system` or `visitor`.':
    '`admin:ID`, `token:ID`, `operator`, `system` ya da `visitor`.',
  'RFC 8288: next, when there are older entries.':
    'RFC 8288: daha eski kayıt varsa next.',
  'How many to leave out.': 'Baştan kaç kaydın atlanacağı.',
  'How many to give.': 'En çok kaç kaydın verileceği.',
  'Only entries older than this id.':
    'Yalnızca numarası bundan küçük kayıtlar.',
  'Only this action.': 'Yalnızca bu işlem.',
  'Only what this actor did.': 'Yalnızca bu kişinin yaptıkları.',
  'Only what was done to this.': 'Yalnızca bunun üzerinde yapılanlar.',
  'Number of the tenant.': 'Müşterinin numarası.',
  'Whether the process works': 'Sürecin çalışıp çalışmadığını bildirir',
  'It does.': 'Çalışıyor.',
  'Whether this instance may be given requests':
    'Bu örneğe istek gönderilip gönderilemeyeceğini bildirir',
  'It may.': 'Gönderilebilir.',
  'A part is down; `error` names it.':
    'Bir bölüm çalışmıyor; hangisi olduğunu `error` söyler.',
  'All parts.': 'Tüm bölümler.',
  'The parts that are down.': 'Çalışmayan bölümler.',
  'The parts that are up. By part: `database`, `migrations`, `encryption_key`, `draining`.':
    'Çalışan bölümler. Bölümler: `database`, `migrations`, `encryption_key`, `draining`.',
  'This document, for people': 'Bu belge, insanlar için',
  'This document, for programs': 'Bu belge, programlar için',
  'This document; needs no token': 'Bu belgenin kendisi; API anahtarı istemez',
  '`Bearer`.': '`Bearer`.',
  'RFC 8288: first, prev, next, last.': 'RFC 8288: first, prev, next, last.',
  'Create a tenant': 'Müşteri ekler',
  'List tenants in order of id': 'Müşterileri numara sırasıyla listeler',
  'Get a tenant': 'Bir müşteriyi verir',
  'Change a tenant': 'Bir müşteriyi değiştirir',
  'Delete a tenant': 'Bir müşteriyi siler',
  'Changes the fields sent. Null means "leave as it is".':
    'Yalnızca gönderilen alanları değiştirir. null “olduğu gibi kalsın” demektir.',
  'Fields that only go out are ignored, so that the body of a GET can be sent back. Null means "leave as it is".':
    'Yalnızca yanıtlarda bulunan alanlar yok sayılır; böylece GET ile alınan gövde değiştirilip geri gönderilebilir. null “olduğu gibi kalsın” demektir.',
  'The tenant is gone.': 'Müşteri silindi.',
  'The businesses that have a receptionist':
    'Sanal resepsiyonist kullanan işletmeler',
  'Probes; need no token': 'Sağlık uçları; API anahtarı istemez',
  'At most 72 UTF-8 bytes; no control characters.':
    'En fazla 72 UTF-8 baytı; denetim karakteri içeremez.',
  'Last 4 characters of the key; null unless its state is `ok`.':
    'Anahtarın son 4 karakteri; durumu `ok` değilse null.',
  'Grows by one with each change.': 'Her değişiklikte bir artar.',
  'Null when never updated.': 'Hiç değiştirilmediyse null.',
  'RFC 6901 JSON pointer into the body, or `/name` of a query parameter.':
    'Gövdedeki yeri gösteren RFC 6901 JSON işaretçisi ya da sorgu değişkeninin `/adı`.',
  'Equals the `X-Request-Id` header.': '`X-Request-Id` başlığıyla aynıdır.',
  'Equals `request_id` of an error.':
    'Bir hatanın `request_id` değeriyle aynıdır.',
  'Seconds.': 'Saniye.',
  'Path of the new tenant.': 'Yeni müşterinin yolu.',
  'Number of all tenants.': 'Tüm müşterilerin sayısı.',
  'API token, made with `token create`':
    '`token create` ile oluşturulan API anahtarı',
};

/** A text of the document in a reader's language; English where there is no translation. */
export function descriptionIn(locale: Locale, text: string): string {
  return (locale === 'tr' ? TURKISH[text] : undefined) ?? text;
}
