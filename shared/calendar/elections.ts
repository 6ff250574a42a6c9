import type { CalendarStage, ElectionCalendar } from '../schemas/election-calendar.ts';

type Row = readonly [key: string, name: string, nameEn: string, startsOn: string, endsOn: string, source?: string];

const PKPU_3_2022 = 'PKPU 3/2022; https://rbg.id/politik/ini-jadwal-dan-tahapan-pemilu-2024';
const PKPU_2_2024 =
  'PKPU 2/2024; https://sabangmeraukenews.com/berita/15949/inilah-tahapan-dan-jadwal-lengkap-pilkada-2024-pendaftaran-calon-mulai-27-agustus.html';
const PKPU_13_2024 =
  'PKPU 13/2024; https://www.detik.com/sumbagsel/pilkada/d-7653182/batas-akhir-masa-tenang-pilkada-2024-cek-tanggal-dan-aturannya';
const PKPU_7_2017 = 'PKPU 7/2017; https://kabartangsel.com/jadwal-pemilu-2019';
const PKPU_5_2018 = 'PKPU 7/2017, 5/2018; https://kl.antaranews.com/berita/3639/tahapan-pemilu-2019';

/**
 * Elections that are known, the newest first, with the dates of the regulations of the election commission (KPU). A stage
 * whose dates were not found in a source is left out; repeated votes (PSU) of single polling stations are not among them.
 */
export const ELECTIONS: readonly ElectionCalendar[] = [
  {
    id: 'pilkada-2024',
    name: 'Pilkada 2024',
    nameEn: 'Regional elections 2024',
    kind: 'pilkada',
    // 37 provinces and 508 kabupaten/kota vote: Yogyakarta for its kabupaten/kota alone, Jakarta for its governor alone.
    jurisdiction: 'national',
    stages: stages(PKPU_2_2024, [
      ['committees', 'Pembentukan PPK, PPS, dan KPPS', 'Polling committees formed', '2024-04-17', '2024-11-05'],
      [
        'independent-support',
        'Pemenuhan dukungan calon perseorangan',
        'Support for independent candidates',
        '2024-05-05',
        '2024-08-19',
      ],
      ['voter-list', 'Pemutakhiran daftar pemilih', 'Voter list updated', '2024-05-31', '2024-09-23'],
      ['registration', 'Pendaftaran pasangan calon', 'Candidates register', '2024-08-27', '2024-08-29'],
      ['verification', 'Penelitian persyaratan calon', 'Candidates verified', '2024-08-27', '2024-09-21'],
      ['nomination', 'Penetapan pasangan calon', 'Candidates fixed', '2024-09-22', '2024-09-22'],
      ['campaign', 'Kampanye', 'Campaign', '2024-09-25', '2024-11-23'],
      ['quiet', 'Masa tenang', 'Quiet period', '2024-11-24', '2024-11-26', PKPU_13_2024],
      ['vote', 'Pemungutan suara', 'Vote', '2024-11-27', '2024-11-27'],
      ['recapitulation', 'Penghitungan dan rekapitulasi suara', 'Count and recapitulation', '2024-11-27', '2024-12-16'],
    ]),
  },
  {
    id: 'pemilu-2024',
    name: 'Pemilu 2024',
    nameEn: 'General election 2024',
    kind: 'pemilu',
    jurisdiction: 'national',
    stages: stages(PKPU_3_2022, [
      [
        'party-registration',
        'Pendaftaran dan verifikasi peserta pemilu',
        'Parties register and are verified',
        '2022-07-29',
        '2022-12-13',
      ],
      ['voter-list', 'Pemutakhiran daftar pemilih', 'Voter list updated', '2022-10-14', '2023-06-21'],
      ['districts', 'Penetapan kursi dan daerah pemilihan', 'Seats and districts fixed', '2022-10-14', '2023-02-09'],
      ['senate-candidates', 'Pencalonan anggota DPD', 'Candidates for the senate (DPD)', '2022-12-06', '2023-11-25'],
      ['parties-fixed', 'Penetapan peserta pemilu', 'Parties fixed', '2022-12-14', '2022-12-14'],
      [
        'parliament-candidates',
        'Pencalonan anggota DPR dan DPRD',
        'Candidates for parliaments (DPR, DPRD)',
        '2023-04-24',
        '2023-11-25',
      ],
      [
        'president-candidates',
        'Pencalonan presiden dan wakil presiden',
        'Candidates for president and vice president',
        '2023-10-19',
        '2023-11-25',
      ],
      ['campaign', 'Kampanye', 'Campaign', '2023-11-28', '2024-02-10'],
      ['quiet', 'Masa tenang', 'Quiet period', '2024-02-11', '2024-02-13'],
      ['vote', 'Pemungutan suara', 'Vote', '2024-02-14', '2024-02-14'],
      ['count', 'Penghitungan suara', 'Count', '2024-02-14', '2024-02-15'],
      ['recapitulation', 'Rekapitulasi suara', 'Recapitulation', '2024-02-15', '2024-03-20'],
    ]),
  },
  {
    id: 'pemilu-2019',
    name: 'Pemilu 2019',
    nameEn: 'General election 2019',
    kind: 'pemilu',
    jurisdiction: 'national',
    stages: stages(PKPU_7_2017, [
      ['campaign', 'Kampanye', 'Campaign', '2018-09-23', '2019-04-13'],
      ['quiet', 'Masa tenang', 'Quiet period', '2019-04-14', '2019-04-16'],
      ['vote', 'Pemungutan suara', 'Vote', '2019-04-17', '2019-04-17'],
      [
        'recapitulation',
        'Rekapitulasi suara (kabupaten/kota sampai nasional)',
        'Recapitulation (kabupaten/kota to national)',
        '2019-04-21',
        '2019-05-22',
        PKPU_5_2018,
      ],
    ]),
  },
];

function stages(source: string, rows: readonly Row[]): CalendarStage[] {
  return rows.map(([key, name, nameEn, startsOn, endsOn, own = source]) => ({
    key,
    name,
    nameEn,
    startsOn,
    endsOn,
    source: own,
  }));
}
