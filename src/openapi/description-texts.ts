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
  '`admin:ID`, `tenant:ID`, `token:ID`, `operator`, `system` or `visitor`.':
    '`admin:ID`, `tenant:ID`, `token:ID`, `operator`, `system` ya da `visitor`.',
  'Seconds; with `IDEMPOTENCY_IN_PROGRESS` alone.':
    'Saniye; yalnızca `IDEMPOTENCY_IN_PROGRESS` ile.',
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
  'The parts that are up. By part: `database`, `migrations`, `encryption_key`, `audit`, `draining`.':
    'Çalışan bölümler. Bölümler: `database`, `migrations`, `encryption_key`, `audit`, `draining`.',
  'This document, for people': 'Bu belge, insanlar için',
  'This document, for programs': 'Bu belge, programlar için',
  'This document; needs no token': 'Bu belgenin kendisi; API anahtarı istemez',
  '`Bearer`.': '`Bearer`.',
  'RFC 8288: first, prev, next, last; first and next where a cursor leads on.':
    'RFC 8288: first, prev, next, last; imleçle ilerlenen listelerde first ve next.',
  '`after` of the next page, when there is one.':
    'Varsa sonraki sayfanın `after` değeri.',
  'Number of tenants on all pages.': 'Tüm sayfalardaki müşterilerin sayısı.',
  'Part of a username or business name. Case, accents and the dot of the i make no difference.':
    'Kullanıcı adının ya da işletme adının bir bölümü. Büyük ve küçük harf, Türkçe karakter ve i’nin noktası fark etmez.',
  'Descending with `-`. Names are in Turkish order, what has no date comes first; equals are in order of id.':
    '`-` ile azalan sıra. Adlar Türkçe alfabe sırasındadır; tarihi olmayanlar başta gelir; eşitler numara sırasındadır.',
  'The `X-Next-Cursor` of the page before, asked for with the same sort; empty for the first page. However many tenants come and go meanwhile, none that stays is missed or given twice.':
    'Aynı sıralamayla istenmiş önceki sayfanın `X-Next-Cursor` değeri; ilk sayfa için boş. Bu sırada müşteri eklense ya da silinse de kalan hiçbir müşteri atlanmaz, iki kez verilmez.',
  'The tenant, whole for tokens that may read it (`tenants:read`).':
    'Müşteri; tamamı yalnızca okuma yetkisi (`tenants:read`) olan API anahtarlarına verilir.',
  'Create a tenant': 'Müşteri ekler',
  '404 is the answer to a repeated `Idempotency-Key` whose tenant has been deleted for good meanwhile: it is not made again.':
    '404, yinelenen bir `Idempotency-Key` ile açılan müşteri bu arada kalıcı olarak silinmişse verilir: müşteri yeniden açılmaz.',
  'List, search and sort tenants': 'Müşterileri listeler, arar ve sıralar',
  'Which tenants are listed is of one moment. A long list comes at the pace of its reader: each tenant is then as it stands when its turn comes, one that has been deleted meanwhile is left out, and a list that fails on its way breaks the connection.':
    'Hangi müşterilerin listelendiği tek bir ana aittir. Uzun bir liste, okuyanın hızıyla gelir: her müşteri, sırası geldiğindeki hâliyle verilir; bu arada silinen atlanır, yarıda kalan liste bağlantıyı koparır.',
  'Get a tenant': 'Bir müşteriyi verir',
  'Change a tenant': 'Bir müşteriyi değiştirir',
  'Delete a tenant': 'Bir müşteriyi siler',
  'Changes the fields sent. Null means "leave as it is". A token that is bound to one tenant cannot change `username`, nor send it without `tenants:read`.':
    'Yalnızca gönderilen alanları değiştirir. null “olduğu gibi kalsın” demektir. Tek bir müşteriye bağlı API anahtarı `username` alanını değiştiremez, `tenants:read` yetkisi yoksa gönderemez de.',
  'Fields that only go out are ignored, so that the body of a GET can be sent back. Null means "leave as it is". A token that is bound to one tenant cannot change `username`, nor send it without `tenants:read`.':
    'Yalnızca yanıtlarda bulunan alanlar yok sayılır; böylece GET ile alınan gövde değiştirilip geri gönderilebilir. null “olduğu gibi kalsın” demektir. Tek bir müşteriye bağlı API anahtarı `username` alanını değiştiremez, `tenants:read` yetkisi yoksa gönderemez de.',
  'The tenant is in the bin.': 'Müşteri çöp kutusunda.',
  'It goes to the bin, where it can be restored for 30 days. Its username is free at once.':
    'Çöp kutusuna taşınır ve 30 gün boyunca geri alınabilir. Kullanıcı adı hemen boşa çıkar.',
  'Suspend a tenant': 'Bir müşteriyi askıya alır',
  'The tenant keeps everything and may not use its account. One that is suspended already stays as it is. Takes no body; `{}` counts as none.':
    'Müşterinin her şeyi yerinde kalır, ama hesabını kullanamaz. Zaten askıda olan olduğu gibi kalır. Gövde almaz; `{}` gövde sayılmaz.',
  'Activate a suspended tenant':
    'Askıya alınmış bir müşteriyi yeniden etkinleştirir',
  'Takes a suspension back. A tenant that is active already stays as it is. Takes no body; `{}` counts as none.':
    'Askıya almayı kaldırır. Zaten etkin olan müşteri olduğu gibi kalır. Gövde almaz; `{}` gövde sayılmaz.',
  'List the tenants in the bin, newest deletion first':
    'Çöp kutusundaki müşterileri en son silinenden başlayarak listeler',
  'A deleted tenant stays in the bin for 30 days.':
    'Silinen müşteri 30 gün boyunca çöp kutusunda kalır.',
  'Number of all tenants in the bin.':
    'Çöp kutusundaki tüm müşterilerin sayısı.',
  'Get a tenant in the bin': 'Çöp kutusundaki bir müşteriyi verir',
  'Restore a tenant from the bin': 'Bir müşteriyi çöp kutusundan geri alır',
  'It comes back as it was, with its id, password, key and status. The body may be left out.':
    'Numarası, parolası, anahtarı ve durumuyla, olduğu gibi geri gelir. Gövde gönderilmeyebilir.',
  'A new username, for when the old one is in use; null or absent for the old one.':
    'Eskisi kullanımdaysa yeni bir kullanıcı adı; eskisi için null verilir ya da hiç gönderilmez.',
  'Delete a tenant in the bin for good':
    'Çöp kutusundaki bir müşteriyi kalıcı olarak siler',
  'The tenant is gone for good.': 'Müşteri kalıcı olarak silindi.',
  'When the tenant is deleted for good.':
    'Müşterinin kalıcı olarak silineceği an.',
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
  'The `version` in quotes, for `If-Match`.':
    'Tırnak içinde `version`; `If-Match` için.',
  'The `ETag` that the change builds on. The change is refused when the tenant has changed since; without this header it is made in any case.':
    'Değişikliğin dayandığı `ETag`. Müşteri o zamandan beri değiştiyse istek reddedilir; bu başlık gönderilmezse değişiklik her durumda yapılır.',
  'The `ETag` of the version that the caller has.':
    'Çağıranın elindeki sürümün `ETag` değeri.',
  'The caller has the current version.': 'Çağırandaki sürüm güncel.',
  'A key of your own making for this action, such as a UUID. A repeated request with the same key and body is answered with the first answer; keys are kept for 24 hours.':
    'Bu işlem için sizin ürettiğiniz bir anahtar, örneğin bir UUID. Aynı anahtar ve gövdeyle yinelenen isteğe ilk yanıt verilir; anahtarlar 24 saat saklanır.',
  '`true` when this is the stored answer of an earlier request.':
    'Yanıt daha önceki bir isteğin saklanan yanıtıysa `true`.',
  'Path of the new tenant.': 'Yeni müşterinin yolu.',
  'Add many tenants': 'Birçok müşteriyi birden ekler',
  'The body is read as it comes, one JSON object on each line; 10,000 rows and 64 MiB at most, 512 KiB on a line. The rows are worked off in the background, each for itself: a bad one harms no other, and a file that is sent twice adds nothing. An import ends early when the token that has sent it is revoked, expires or loses its scope. A caller has three imports on their way at most, uploads included (503 beyond); an upload that sends less than 16 KiB in 15 seconds or takes longer than 5 minutes is given up (400).':
    'Gövde geldikçe okunur, her satırda bir JSON nesnesi vardır; en fazla 10.000 satır ve 64 MiB, satır başına 512 KiB. Satırlar arka planda, birbirinden bağımsız işlenir: bozuk bir satır ötekileri etkilemez, iki kez gönderilen dosya hiçbir şey eklemez. Dosyayı gönderen API anahtarı iptal edilir, süresi dolar ya da yetkisini yitirirse iş yarıda biter. Her çağıranın, gönderilmekte olanlarla birlikte en çok üç işi olabilir (fazlası 503); 15 saniyede 16 KiB’tan az gönderen ya da 5 dakikayı aşan bir gönderim sonlandırılır (400).',
  'One on each line.': 'Her satırda bir tane.',
  'The file is here; its rows are worked off.':
    'Dosya alındı; satırları işleniyor.',
  'Path of the report.': 'Raporun yolu.',
  'List imports, newest first': 'İçe aktarmaları en yeniden eskiye listeler',
  'Reports are kept for 30 days.': 'Raporlar 30 gün saklanır.',
  'Number of all imports.': 'Tüm içe aktarmaların sayısı.',
  'Get an import and what became of its rows':
    'Bir içe aktarmayı ve satırlarının sonucunu verir',
  'Number of all rows, or of those that failed.':
    'Tüm satırların ya da eklenemeyenlerin sayısı.',
  'Only checks the rows; adds nothing and hashes nothing.':
    'Satırları yalnızca denetler; hiçbir şey eklemez, parola özeti hesaplamaz.',
  'Rows of the file.': 'Dosyanın satırları.',
  'Rows that are done, well or not.': 'Sonucu belli olan satırlar.',
  'Tenants added; 0 in a dry run.': 'Eklenen müşteriler; denemede 0.',
  'RFC 6901 JSON pointer into the line; empty for all of it.':
    'Satırdaki yeri gösteren RFC 6901 JSON işaretçisi; satırın tümü için boş.',
  'Line of the file, counted from 1; blank lines count.':
    'Dosyadaki satır, 1’den sayılır; boş satırlar da sayılır.',
  'Null when the line has no valid one.':
    'Satırda geçerli bir tane yoksa null.',
  '`valid` in a dry run: would be added. `cancelled`: its import was, before it came to this row.':
    'Denemede `valid`: eklenebilir. `cancelled`: sıra bu satıra gelmeden işi iptal edildi.',
  'End an import before its last row':
    'Bir içe aktarmayı son satırından önce bitirir',
  'What is added stays added; the rows that it has not come to are erased. An import that has ended already stays as it is. Takes no body.':
    'Eklenmiş olanlar kalır; sırası gelmemiş satırlar silinir. Zaten sona ermiş bir içe aktarma olduğu gibi kalır. Gövde almaz.',
  'The import as it is then, whole for tokens that may read it (`tenants:read`).':
    'İçe aktarmanın bundan sonraki hali; bütünü yalnızca okuyabilen API anahtarlarına (`tenants:read`).',
  '`cancelled`: ended before its last row.':
    '`cancelled`: son satırından önce bitti.',
  'Why it was cancelled: somebody asked for it, or the token or admin who sent it may not add tenants any more.':
    'Neden iptal edildiği: biri istedi, ya da gönderen API anahtarı veya yöneticinin müşteri ekleme yetkisi kalmadı.',
  'When it ended, cancelled or not.':
    'İptal edilmiş olsun olmasın, sona erdiği zaman.',
  'The tenant that was added.': 'Eklenen müşteri.',
  'Only the rows that failed.': 'Yalnızca eklenemeyen satırlar.',
  'How many rows to leave out, in order of lines.':
    'Satır sırasıyla kaç sonucun atlanacağı.',
  'How many rows to give.': 'Kaç satırın verileceği.',
  'How many imports to leave out, newest first.':
    'En yeniden başlayarak kaç içe aktarmanın atlanacağı.',
  'How many imports to give.': 'Kaç içe aktarmanın verileceği.',
  'Either this or `password_hash`. At most 72 UTF-8 bytes; no control characters.':
    'Bu ya da `password_hash`. En fazla 72 UTF-8 baytı; denetim karakteri içeremez.',
  'Either this or `password`. A bcrypt hash of cost 10 to 12, stored as it is.':
    'Bu ya da `password`. Maliyeti 10 ile 12 arasında bir bcrypt özeti; olduğu gibi saklanır.',
  'Get all tenants as a file': 'Bütün müşterileri dosya olarak verir',
  'In order of id, without secrets. NDJSON has one tenant on each line. CSV (RFC 4180, UTF-8 with a byte order mark) is for spreadsheets: text that one might take for a formula has an apostrophe in front. An export that fails on its way breaks the connection.':
    'Numara sırasıyla, gizli bilgiler olmadan. NDJSON biçiminde her satırda bir müşteri vardır. CSV (RFC 4180, bayt sırası imli UTF-8) hesap tabloları içindir: formül sanılabilecek metnin önüne kesme işareti konur. Yarıda kalan dışa aktarma bağlantıyı koparır.',
  'The file.': 'Dosya.',
  'A name for the file, with the day in it.':
    'Dosya için, içinde günün tarihi olan bir ad.',
  'Between the cells of CSV. A Turkish Excel that opens the file by a double click expects the semicolon.':
    'CSV hücrelerinin arasındaki ayırıcı. Dosyayı çift tıklamayla açan Türkçe Excel noktalı virgül bekler.',
  'API token, made with `token create`':
    '`token create` ile oluşturulan API anahtarı',
  'Only tenants of this status.': 'Yalnızca bu durumdaki müşteriler.',
  'Of the file.': 'Dosyanın biçimi.',
  'Number of the import.': 'Aktarımın numarası.',
};

/** A text of the document in a reader's language; English where there is no translation. */
export function descriptionIn(locale: Locale, text: string): string {
  return (locale === 'tr' ? TURKISH[text] : undefined) ?? text;
}
