import type { TenantSort } from '../../../tenants/search/tenant-filter.js';
import type { TenantStatus } from '../../../tenants/tenant-status.js';

/** Texts around the list of tenants: finding, dealing with several at once, and the overview. */
export const list = {
  finding: {
    label: 'Müşteri ara',
    placeholder: 'İşletme ya da kullanıcı adı',
    submit: 'Ara',
    status: 'Durum',
    allStatuses: 'Hepsi',
    sort: 'Sıralama',
    count: '{count} müşteri',
    countFound: '{count} müşteri bulundu',
    failed: 'Liste yenilenemedi. Bağlantınızı denetleyip yeniden deneyin.',
    noneTitle: 'Uyan müşteri yok',
    noneText:
      'Aramayı kısaltın ya da süzgeci temizleyin. Türkçe harfleri yazmasanız da olur: “sisli”, “Şişli”yi bulur.',
    clear: 'Süzgeci temizle',
    ascending: 'artan sırada',
    descending: 'azalan sırada',
  },
  sorts: {
    id: 'Eklenme sırası',
    '-id': 'Eklenme sırası (tersten)',
    '-created_at': 'En yeni eklenen',
    business_name: 'İşletme adı (A–Z)',
    '-business_name': 'İşletme adı (Z–A)',
    username: 'Kullanıcı adı (A–Z)',
    '-username': 'Kullanıcı adı (Z–A)',
    created_at: 'En eski eklenen',
    updated_at: 'En eski değişen',
    '-updated_at': 'En son değişen',
  } satisfies Record<TenantSort, string>,
  statuses: { active: 'Etkin', suspended: 'Askıda' } satisfies Record<
    TenantStatus,
    string
  >,
  more: {
    label: 'Diğer işlemler',
    bin: 'Çöp kutusu',
    import: 'İçe aktar',
    export: 'Dışa aktar',
    csv: 'Dışa aktar (CSV)',
    ndjson: 'Dışa aktar (NDJSON)',
  },
  bulk: {
    label: 'Seçilen müşteriler için',
    select: 'Seç:',
    selectAll: 'Bu sayfadakilerin hepsini seç',
    selected: '{count} müşteri seçildi',
    suspend: 'Askıya al',
    activate: 'Etkinleştir',
    export: 'Dışa aktar (CSV)',
    confirmTitle: 'Müşterileri askıya al',
    confirmQuestion: '{count} müşteri askıya alınsın mı?',
    confirmEffect:
      'Askıdaki işletme kendi hesabına giremez ve resepsiyonisti yanıt vermez. Bilgileri durur; dilediğinizde yeniden etkinleştirirsiniz.',
    confirmUnknown: '{count} kayıt artık yok; atlanacak.',
    confirm: 'Evet, askıya al',
    cancel: 'Vazgeç, listeye dön',
  },
  overview: {
    label: 'Özet',
    active: 'Etkin müşteri',
    suspended: 'Askıda',
    unreadable: 'Anahtarı okunamayan',
    thisMonth: 'Bu ay eklenen',
    chart: 'Son 12 ayda eklenen müşteriler',
    month: 'Ay',
    added: 'Eklenen',
  },
};
