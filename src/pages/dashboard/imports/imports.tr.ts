/** Texts of the imports. */
export const imports = {
  title: 'İçe aktarmalar',
  subtitle: 'Dosyadan eklenen müşteriler; raporlar 30 gün saklanır.',
  new: 'Yeni içe aktarma',
  newSubtitle: 'Bir dosyadaki bütün müşterileri tek seferde ekleyin.',
  emptyTitle: 'Henüz içe aktarma yok',
  emptyText:
    'Başka bir yazılımdaki müşterilerinizi bir dosyayla buraya taşıyabilirsiniz.',
  file: 'Dosya',
  fileHint: 'NDJSON: her satırda bir müşteri. En fazla 10.000 satır ve 64 MiB.',
  dryRun: 'Yalnızca denetle, hiçbir müşteri ekleme',
  dryRunHint: 'Hangi satırların eklenebileceğini önceden görürsünüz.',
  format: 'Dosya nasıl olmalı?',
  formatText:
    'Her satır kendi başına bir JSON nesnesidir. `password` yerine maliyeti 10 ile 12 arasında bir bcrypt özeti `password_hash` olarak verilebilir. `system_prompt` isteğe bağlıdır.',
  formatSafe:
    'Bozuk bir satır diğerlerini engellemez; raporda hangi satırda neyin yanlış olduğu yazar. Aynı dosyayı ikinci kez göndermek hiçbir müşteriyi iki kez eklemez.',
  exampleOne: 'Güneş Diş Kliniği',
  exampleTwo: 'Şişli Kuaför',
  start: 'Dosyayı gönder',
  sending: 'Dosya gönderiliyor…',
  number: 'İçe aktarma no. {id}',
  numberDry: 'Denetim no. {id}',
  state: 'Durum',
  waiting: 'Sırada',
  running: 'Sürüyor',
  finished: 'Bitti',
  check: 'Yalnızca denetim',
  rows: 'Satır',
  added: 'Eklenen',
  wouldAdd: 'Eklenebilecek',
  failed: 'Eklenemeyen',
  started: 'Gönderilme',
  ended: 'Bitiş',
  progress: '{total} satırdan {processed} tanesi işlendi',
  background:
    'Bu sayfayı kapatabilirsiniz; iş arka planda sürer. Parola içeren satırlar daha uzun sürer.',
  refresh: 'Sayfayı yenile',
  faults: 'Eklenemeyen satırlar',
  line: 'Satır no.',
  username: 'Kullanıcı adı',
  what: 'Neden?',
  wholeLine: 'Satırın tamamı',
  noFaults: 'Bütün satırlar sorunsuz.',
  noFaultsYet: 'Şimdiye kadar sorunlu satır yok.',
  range: '{total} kayıttan {from}–{to} arası gösteriliyor',
  toImports: 'İçe aktarmalara dön',
  cancelled: 'İptal edildi',
  cancel: 'İptal et',
  cancelQuestion: 'Bu içe aktarma iptal edilsin mi?',
  cancelEffect:
    'Eklenmiş olan müşteriler kalır; geri kalan satırlar işlenmez ve silinir. Bu işlem geri alınamaz.',
  cancelConfirm: 'Evet, iptal et',
  cancelBack: 'Vazgeç',
  endedAlready: 'Bu içe aktarma zaten sona ermiş.',
  noFaultsCancelled: 'İşlenen satırlarda sorun yok.',
  cancelReasons: {
    requested:
      'İptal edildi; kalan satırlar işlenmedi. Eklenmiş olanlar duruyor.',
    token_revoked:
      'Dosyayı gönderen API anahtarı iptal edildiği için durduruldu; kalan satırlar işlenmedi.',
    token_expired:
      'Dosyayı gönderen API anahtarının süresi dolduğu için durduruldu; kalan satırlar işlenmedi.',
    scope_removed:
      'Dosyayı gönderen API anahtarının yetkisi artık yetmediği için durduruldu; kalan satırlar işlenmedi.',
    admin_disabled:
      'Dosyayı gönderen yönetici devre dışı bırakıldığı için durduruldu; kalan satırlar işlenmedi.',
  },
};
