import type { METHOD_PARTS } from '../method-keys.ts';
import type { MethodText } from '../texts.ts';

export const counting: Record<(typeof METHOD_PARTS)['counting'][number], MethodText> = {
  counts: {
    title: 'Jumlah kejadian',
    what: 'Berapa kejadian yang terjadi di suatu tempat selama periode. Hari dihitung menurut zona waktu wilayahnya, hari pertama dan terakhir ikut. Kejadian masuk ke wilayah tempat titiknya berada.',
    where: [
      ['n_i', 'jumlah kejadian di tempat i'],
      ['t_k', 'waktu terjadinya kejadian k'],
      ['a , b', 'awal periode, dan awal hari sesudahnya'],
    ],
    assumes: [
      'Yang dilaporkan mewakili yang terjadi. Warga yang lebih rajin melapor membuat wilayahnya tampak lebih ramai.',
    ],
    sided: '',
    avoid: ['membandingkan wilayah yang besarnya berbeda jauh: pakai angka per rumah tangga atau jendela Poisson.'],
  },
  'left-out': {
    title: 'Yang tidak dihitung',
    what: 'Laporan tidak benar dan laporan ganda tidak pernah dihitung. Temuan patroli dan laporan yang belum atau tidak dapat diverifikasi baru dihitung bila Anda menyalakannya, dan spanduk mengatakannya. Kejadian yang tidak jatuh di wilayah mana pun dihitung terpisah. Jumlah masing-masing selalu disebut.',
    where: [
      ['N', 'semua yang cocok dengan saringan'],
      ['L_1', 'temuan patroli'],
      ['L_2', 'belum atau tidak dapat diverifikasi'],
      ['L_3', 'tidak benar, atau ganda'],
      ['L_4', 'di luar semua wilayah atau sel'],
    ],
    assumes: [
      'Temuan patroli mengikuti tempat patroli berjalan. Menghitungnya membuat peta membenarkan dirinya sendiri: patroli dikirim ke tempat patroli menemukan.',
    ],
    sided: '',
    avoid: [
      'menilai dampak patroli dengan temuan patroli ikut dihitung: temuannya naik justru karena patroli ditambah.',
    ],
  },
  places: {
    title: 'Tempat: wilayah, kisi, dan ketelitian lokasi',
    what: 'Angka dihitung per kabupaten/kota, kecamatan, desa, atau RW, atau per sel kisi persegi atau segi enam dengan ukuran yang disebut. Kejadian yang lokasinya lebih kasar daripada lebar tempat tetap dihitung, tetapi jumlahnya disebut.',
    where: [
      ['m', 'sisi persegi, atau lebar segi enam dari sisi ke sisi, meter'],
      ['\\lambda , \\phi', 'bujur dan lintang, radian'],
      ['R', 'jari-jari bumi, 6.371.008,8 m'],
    ],
    assumes: [
      'Bidang datar di sekitar titik tengah peta: di wilayah seluas kabupaten galatnya jauh di bawah satu sel.',
    ],
    sided: '',
    avoid: [
      'memakai sel yang lebih kecil daripada ketelitian lokasi: titiknya mungkin milik sel sebelah.',
      'menyimpulkan dari satu ukuran saja: batas dan ukuran lain dapat memberi gambar lain. Coba dua ukuran.',
    ],
  },
  rates: {
    title: 'Angka per 1.000 rumah tangga, per TPS, per km²',
    what: 'Jumlah kejadian dibagi banyaknya yang dapat terkena: rumah tangga, TPS, atau luas. Tempat tanpa pembagi digambar sebagai tanpa data, bukan nol.',
    where: [
      ['n_i', 'jumlah kejadian'],
      ['x_i', 'rumah tangga, TPS, atau km² di tempat i (per TPS dan per km² tanpa dikali 1.000)'],
    ],
    assumes: ['Pembaginya benar dan seumur dengan kejadiannya. Pasar dan terminal ramai tanpa rumah tangga.'],
    sided: '',
    avoid: ['rumah tangganya sedikit: satu kejadian sudah membuat angka tinggi. Pakai penghalusan Bayes empiris.'],
  },
  bayes: {
    title: 'Penghalusan Bayes empiris',
    what: 'Angka tempat kecil ditarik ke angka umum, makin kecil tempatnya makin kuat, sehingga satu kejadian di RW kecil tidak menjadi “terburuk se-kota”. Global menarik ke angka seluruh peta, lokal ke angka tetangganya.',
    where: [
      ['p_i', 'angka mentah: kejadian dibagi rumah tangga'],
      ['b', 'angka semua tempat bersama (lokal: tempat itu dan tetangganya)'],
      ['A', 'keragaman angka yang sebenarnya antartempat, paling kecil 0'],
      ['\\theta_i', 'angka yang dihaluskan'],
    ],
    assumes: [
      'Angka yang sebenarnya berkisar di sekitar satu rata-rata.',
      'Kejadian jarang dan saling lepas (Poisson).',
    ],
    sided: '',
    avoid: ['angka pastinya yang diminta, misalnya untuk laporan jumlah: yang dihaluskan adalah taksiran.'],
  },
  baseline: {
    title: 'Periode pembanding',
    what: 'Periode dibandingkan dengan tahapan yang sama dari pemilihan lain, pekan yang sama dari tahun lain, pekan-pekan sebelumnya, atau pilihan sendiri. Bila panjangnya berbeda, yang dibandingkan adalah angka per hari.',
    where: [
      ['n_1 , n_0', 'kejadian dalam periode dan pembanding'],
      ['d_1 , d_0', 'panjang keduanya, hari'],
      ['q', 'rasio: 2 berarti dua kali lebih sering'],
    ],
    assumes: [
      'Selain yang diperiksa, kedua masa sama: cara melapor, batas wilayah, musim.',
      'Pekan yang sama digeser dengan pekan penuh, supaya Sabtu bertemu Sabtu.',
    ],
    sided: '',
    avoid: [
      'pembandingnya dipilih karena luar biasa: sesudah puncak, angka biasanya turun sendiri (regresi ke rata-rata).',
      'pembandingnya sendiri masa pemilihan, Ramadan, atau berimpit dengan periode: peringatannya ada di sebelahnya.',
    ],
  },
  ramadan: {
    title: 'Ramadan dan Lebaran',
    what: 'Ramadan bergeser sekitar 11 hari tiap tahun Masehi, sehingga pekan yang sama tahun lalu dapat jatuh di bulan puasa. Ronda memperingatkan bila bagian hari Ramadan atau Lebaran (1–7 Syawal) di periode dan pembanding berbeda sepersepuluh atau lebih, atau hanya salah satunya memuatnya.',
    where: [
      ['h_1 , h_0', 'hari Ramadan (atau Lebaran) dalam periode dan pembanding'],
      ['d_1 , d_0', 'panjang keduanya, hari'],
    ],
    assumes: ['Tanggal dari sidang isbat bila sudah diumumkan; selain itu hitungan Umm al-Qura, dapat meleset sehari.'],
    sided: '',
    avoid: ['membandingkan kejadian malam: jam kegiatan warga di bulan puasa berbeda sama sekali.'],
  },
  suppression: {
    title: 'Disembunyikan (<5)',
    what: 'Dalam ekspor untuk umum, jumlah di bawah 5 disembunyikan, nol pun. Bila angka itu masih dapat dihitung dari jumlah di atasnya dengan pengurangan, angka lain ikut disembunyikan secukupnya. Ekspor internal memuat semuanya, dan tercatat.',
    where: [['n_i', 'jumlah yang akan ditulis']],
    assumes: ['Pembaca mungkin memegang beberapa tabel sekaligus: desa, kecamatan, dan jumlahnya.'],
    sided: '',
    avoid: ['menerbitkan dua tabel dengan periode yang hampir sama: selisihnya dapat membuka yang disembunyikan.'],
  },
  repeatable: {
    title: 'Benih acak dan angka yang sama',
    what: 'Sebagian nilai p dihitung dengan mengacak data berkali-kali. Benihnya tertulis: benih, data, dan pertanyaan yang sama memberi angka yang sama. Analisis yang disimpan menyimpan semuanya, dan saat dibuka mengatakan sama atau apa yang berubah.',
    where: [
      ['T', 'nilai statistik dari data'],
      ['T^*', 'nilainya dari data yang diacak'],
      ['M', 'banyaknya pengacakan'],
    ],
    assumes: ['Tanpa pola, semua urutan yang diacak sama mungkinnya.'],
    sided:
      'Satu sisi; untuk I Moran dua sisi, dua kali yang lebih kecil. Paling kecil 1 / (M + 1): dengan 999 pengacakan 0,001, dua sisi 0,002.',
    avoid: ['mengganti benih sampai hasilnya signifikan.'],
  },
};
