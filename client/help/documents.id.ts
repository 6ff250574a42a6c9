import type { HelpDocument } from './documents.ts';

export const documents: HelpDocument[] = [
  {
    key: 'impact',
    title: 'Penilaian dampak pelindungan data pribadi',
    lead: 'UU 27/2022 pasal 34 mewajibkan penilaian dampak sebelum pemrosesan berisiko tinggi. Pemantauan posisi petugas dan relawan termasuk di dalamnya. Isian yang sudah diketahui dari Ronda sudah tertulis; lengkapi sisanya, tanda tangani, dan simpan.',
    checklist: false,
    parts: [
      {
        title: '1. Siapa dan apa',
        items: [
          { label: 'Pengendali data pribadi (instansi, alamat, penanggung jawab)' },
          { label: 'Pejabat pelindungan data pribadi (pasal 53)' },
          { label: 'Prosesor data pribadi, bila server dikelola pihak lain (pasal 51)' },
          {
            label: 'Tujuan pemrosesan',
            known:
              'Kesadaran situasi keamanan dan ketertiban masyarakat: mengetahui unsur yang berdinas, mencatat kejadian menurut tempat dan waktu, mengerahkan bantuan terdekat.',
          },
          { label: 'Dasar pemrosesan (pasal 20): tugas pelayanan publik, kewajiban hukum, atau persetujuan' },
        ],
      },
      {
        title: '2. Mengapa berisiko tinggi (pasal 34 ayat 2)',
        items: [
          {
            label: 'Pemantauan yang sistematis terhadap subjek data (huruf d)',
            known: 'Ya: posisi unsur selama berdinas.',
          },
          { label: 'Pemrosesan dalam skala besar (huruf c): jumlah unsur, akun, dan luas wilayah' },
          {
            label: 'Data yang bersifat spesifik (huruf b)',
            known:
              'Tidak ada isian untuk itu. Teks bebas diperiksa terhadap NIK, nomor telepon, nama akun, tautan, dan pelat; penulis diperingatkan sebelum menyimpan.',
          },
          {
            label: 'Keputusan otomatis dan penskoran orang (huruf a dan d)',
            known: 'Tidak ada. Ronda tidak memberi nilai kepada orang, rumah tangga, atau pemilih.',
          },
          { label: 'Pencocokan atau penggabungan data (huruf e), teknologi baru (huruf f), pembatasan hak (huruf g)' },
        ],
      },
      {
        title: '3. Data, sumber, dan lama simpan',
        items: [
          {
            label: 'Petugas dan relawan',
            known:
              'Nama yang tampil, nama pengguna, peran, sesi; posisi, arah, kecepatan, dan baterai perangkat selama berdinas. Jejak mentah dijarangkan lalu dihapus, bawaan 30 hari (RETENTION_DAYS).',
          },
          {
            label: 'Warga',
            known:
              'Tidak ada identitas. Kejadian berisi kategori, tempat, waktu, dan uraian tanpa nama, wajah, partai, agama, atau suku.',
          },
          { label: 'Lama simpan kejadian, catatan audit, dan cadangan di instansi Anda' },
          { label: 'Pihak yang menerima data, dan apakah ada yang di luar Indonesia (pasal 56)' },
        ],
      },
      {
        title: '4. Perlu dan seimbang',
        items: [
          { label: 'Mengapa tujuan tidak tercapai dengan data yang lebih sedikit' },
          {
            label: 'Pembatasan yang sudah ada',
            known:
              'Dilacak hanya saat berdinas, dengan lepas dinas otomatis; akses menurut peran × wilayah hukum × tanggal; administrator tidak melihat data operasi; tampilan publik kasar dan terlambat.',
          },
          {
            label: 'Hak subjek data',
            known: 'Halaman “Data saya”: melihat, mengunduh, dan menghentikan pelacakan seketika.',
          },
        ],
      },
      {
        title: '5. Risiko bagi orang, dan pengendaliannya',
        items: [
          {
            label: 'Posisi petugas diketahui orang yang tidak berhak',
            known:
              'Masuk dengan kata sandi dan bukti tambahan; pembatasan wilayah dua lapis (aplikasi dan basis data); pencabutan berlaku dalam 5 detik; kunci perangkat dapat dicabut.',
          },
          {
            label: 'Rumah petugas tersimpulkan dari ujung jejak',
            known: 'Ujung jejak di dekat rumah dipangkas; tidak dilacak saat lepas dinas.',
          },
          {
            label: 'Orang dalam menyalahgunakan akses',
            known:
              'Catatan audit berantai yang tidak dapat diubah diam-diam; akses darurat dengan alasan, terlihat pimpinan; tanda air nama dan waktu pada layar dan ekspor.',
          },
          { label: 'Risiko lain di tempat Anda: kemungkinan, dampak, pengendalian' },
          { label: 'Risiko tersisa, dan mengapa dapat diterima' },
        ],
      },
      {
        title: '6. Keputusan',
        items: [
          { label: 'Pendapat pejabat pelindungan data pribadi dan wakil petugas atau relawan' },
          { label: 'Keputusan, syarat, dan tanggal tinjau ulang (paling lambat setahun, atau saat tujuan berubah)' },
          { label: 'Nama, jabatan, tanggal, tanda tangan' },
        ],
      },
    ],
  },
  {
    key: 'breach',
    title: 'Pemberitahuan kegagalan pelindungan data',
    lead: 'UU 27/2022 pasal 46: pemberitahuan tertulis kepada subjek data dan lembaga pelindungan data pribadi paling lambat 3 × 24 jam sejak kegagalan diketahui. Catat jam diketahuinya sekarang; waktu berjalan sejak itu.',
    checklist: true,
    parts: [
      {
        title: 'Jam pertama: hentikan',
        items: [
          { label: 'Tulis kapan dan oleh siapa kegagalan diketahui' },
          {
            label: 'Tutup jalannya',
            known: 'Pengelolaan › Orang: nonaktifkan akun, tutup semua sesinya. Unsur dan perangkat: cabut perangkat.',
          },
          { label: 'Bila token administrator bocor: ganti ADMIN_TOKEN dan mulai ulang server' },
          { label: 'Jangan menghapus apa pun; buat cadangan (npm run backup) sebagai bukti' },
          { label: 'Beri tahu pejabat pelindungan data pribadi dan pimpinan' },
        ],
      },
      {
        title: 'Dalam 24 jam: pahami',
        items: [
          {
            label: 'Periksa keutuhan catatan audit',
            known: 'npm run audit:verify; lalu Pengelolaan › Catatan audit, saring menurut pelaku dan waktu.',
          },
          { label: 'Tentukan data apa yang terungkap, milik siapa, berapa orang, sejak kapan' },
          { label: 'Tentukan bagaimana terungkap: akun, perangkat, cadangan, atau server' },
          { label: 'Nilai akibatnya bagi keselamatan petugas dan relawan; ubah penugasan bila perlu' },
        ],
      },
      {
        title: 'Paling lambat 3 × 24 jam: beri tahu secara tertulis (pasal 46 ayat 1 dan 2)',
        items: [
          { label: 'Kepada setiap subjek data yang terkena' },
          { label: 'Kepada lembaga pelindungan data pribadi' },
          { label: 'Memuat data pribadi yang terungkap' },
          { label: 'Memuat kapan dan bagaimana data itu terungkap' },
          { label: 'Memuat upaya penanganan dan pemulihan' },
          {
            label: 'Kepada masyarakat, bila kegagalan mengganggu pelayanan publik atau berdampak serius (ayat 3)',
          },
        ],
      },
      {
        title: 'Sesudahnya',
        items: [
          { label: 'Simpan salinan pemberitahuan beserta bukti kirimnya' },
          { label: 'Perbarui penilaian dampak; catat sebab, perbaikan, dan tenggatnya' },
          { label: 'Pulihkan akses satu per satu, dengan kata sandi dan kunci perangkat yang baru' },
        ],
      },
    ],
  },
];
