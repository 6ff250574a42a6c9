import type { METHOD_PARTS } from '../method-keys.ts';
import type { MethodText } from '../texts.ts';

export const tests: Record<(typeof METHOD_PARTS)['tests'][number], MethodText> = {
  change: {
    title: 'Perubahan: uji eksak dua jumlah',
    what: 'Apakah periode ini benar-benar berbeda dari pembanding, atau hanya kebetulan? p adalah peluang selisih sebesar itu atau lebih bila kedua masa sama seringnya. Rasio seluruh wilayah disertai selang 95 % yang eksak.',
    where: [
      ['k_1 , k_0', 'kejadian dalam periode dan pembanding'],
      ['d_1 , d_0', 'panjang keduanya, hari'],
      ['X , P', 'kejadian periode bila k₁ + k₀ terbagi menurut panjang masa saja, dan peluang binomialnya'],
      ['q', 'rasio angka per hari'],
      [
        '\\theta_L , \\theta_U',
        'batas Clopper dan Pearson untuk bagian periode dari k₁ + k₀, dan dengannya batas q; α = 0,05',
      ],
      ['B', 'kuantil sebaran beta'],
    ],
    assumes: ['Kejadian saling lepas (Poisson). Kejadian berantai membuat p terlalu kecil.'],
    sided: 'Dua sisi: naik maupun turun. Eksak bersyarat: tidak pernah terlalu kecil, kadang terlalu besar.',
    avoid: [
      'pembandingnya dipilih sesudah melihat lonjakan (regresi ke rata-rata).',
      'kedua masa tidak sebanding: lihat peringatan di periode pembanding.',
    ],
  },
  since: {
    title: 'Sejak kapan',
    what: 'Langkah mana yang paling mungkin menjadi awal kenaikan: deret jumlah dibagi dua di tempat yang membuat kedua bagiannya paling berbeda. Setiap deret mempunyai tempat seperti itu: kenaikan hanya disebut bila yang sebesar itu muncul pada tidak lebih dari alfa di antara 999 deret acak yang rata-ratanya sama sepanjang waktu. Langkahnya taksiran, dapat meleset beberapa langkah.',
    where: [
      ['k', 'banyaknya langkah sebelum kenaikan'],
      ['A , B', 'kejadian sebelum dan sejak itu'],
      ['n', 'banyaknya langkah'],
    ],
    assumes: ['Satu perubahan tingkat, tanpa musim. Jumlah Poisson saling lepas.'],
    sided: 'Satu sisi (kenaikan), dari pengacakan berbenih.',
    avoid: [
      'kejadiannya kurang dari lima, atau naik perlahan: tidak ada satu hari yang menjadi awalnya.',
      'tempatnya dipilih karena kini terbanyak: di antara banyak tempat, sebagian naik secara kebetulan.',
    ],
  },
  displacement: {
    title: 'Apakah membantu? Selisih berbobot (WDD)',
    what: 'Perubahan di wilayah yang ditangani dikurangi perubahan di wilayah pembanding, ditambah yang mungkin berpindah ke sekitarnya. Negatif: kejadian berkurang lebih banyak daripada tanpa penanganan. Kalimat kesimpulannya dari dua suku pertama; sekitarnya disebut tersendiri.',
    where: [
      ['X_0 , X_1', 'kejadian sebelum dan sesudah'],
      ['T , C', 'di wilayah yang ditangani, dan di wilayah pembanding'],
      ["T' , C'", 'di sekitar keduanya (perpindahan)'],
      ['s', 'galat baku; selang = D ± z s menurut alfa, 1,96 s untuk 95 %'],
      [
        'g_h',
        'bobot tingkat keparahan h bila dibobot: ringan 1, sedang 2, berat 4, kritis 8; pilihan, bukan ukuran resmi',
      ],
    ],
    assumes: [
      'Tanpa penanganan, keduanya akan berubah dengan jumlah yang sama: periksa bahwa sebelumnya sejalan.',
      'Jumlah Poisson saling lepas. Panjang dan luas yang berbeda dibagi bobotnya.',
    ],
    sided:
      'Dua sisi. “Periode sebelum adalah puncak”: p eksak dua sisi dari dua jumlah, periode sebelum terhadap pekan-pekan sebelumnya. “Sudah bergerak berbeda”: p dua sisi dari selisih yang sama antara paruh pertama dan kedua periode sebelum. Keduanya tanpa koreksi.',
    avoid: [
      'jumlahnya di bawah sekitar 5: selangnya kasar.',
      'wilayah dipilih karena lonjakan sesaat: ia akan turun sendiri.',
      'temuan patroli ikut dihitung.',
    ],
  },
  knox: {
    title: 'Kejadian berulang berdekatan (Knox)',
    what: 'Apakah kejadian yang berdekatan tempatnya juga berdekatan waktunya, lebih sering daripada kebetulan? Bila ya, sesudah satu kejadian, sekitarnya lebih berisiko selama beberapa hari.',
    where: [
      ['X', 'pasangan kejadian dalam pita jarak dan pita hari'],
      ['N_s , N_t', 'pasangan dalam pita jarak saja, dan pita hari saja'],
      ['N', 'semua pasangan dari n kejadian'],
    ],
    assumes: ['Selama periode penduduk tidak berpindah.', 'Tempat dan waktu dicatat lebih teliti daripada pitanya.'],
    sided: 'Satu sisi (lebih banyak), dari waktu yang diacak berbenih.',
    avoid: [
      'jam kejadian hanya perkiraan sehari penuh: pita di bawah dua hari tidak berarti.',
      'kurang dari sekitar 50 kejadian.',
    ],
  },
  scan: {
    title: 'Kelompok ruang-waktu (statistik pindai)',
    what: 'Lingkaran mana, dan selama kapan, yang paling tidak mungkin terjadi kebetulan? Semua lingkaran dan rentang dicoba; p sudah memperhitungkan itu.',
    where: [
      ['c', 'kejadian di dalam'],
      ['E', 'nilai harapan di dalam: dari rumah tangga, atau dari baris dan kolom'],
      ['C', 'semua kejadian'],
      ['C_Z , C_D', 'kejadian di lingkaran Z kapan pun, dan pada rentang D di mana pun'],
      ['\\text{RR}', 'risiko relatif: ada dibagi harapan di dalam, dibagi hal yang sama di luar'],
    ],
    assumes: [
      'Kejadian saling lepas: keributan yang sama dilaporkan berkali-kali bukan kelompok.',
      'Bentuknya lingkaran.',
    ],
    sided: 'Satu sisi, dari pengacakan berbenih. Kelompok kedua dan seterusnya: p hati-hati (agak besar).',
    avoid: [
      'yang memanjang seperti jalan dicari: lingkaran melewatkannya.',
      'penduduk berubah selama masa itu (cara permutasi).',
    ],
  },
  accuracy: {
    title: 'Apakah peta kemarin menangkap hari ini? (PAI, PEI)',
    what: 'Peta dari masa lalu diuji dengan pekan-pekan sesudahnya: bila bagian teratas diawasi, berapa kejadian tertangkap, dan berapa luasnya? Selalu disandingkan dengan cara sederhana “tempat yang sama seperti dulu”.',
    where: [
      ['n / N', 'bagian kejadian yang tertangkap'],
      ['a / A', 'bagian luas yang diawasi'],
      ['\\text{PAI}^*', 'PAI terbaik yang mungkin dengan jumlah tempat yang sama'],
      ['b , c', 'kejadian yang hanya ditangkap peta ini, dan yang hanya ditangkap cara sederhana'],
      ['h , z', 'n / N dengan selang Wilson; z menurut alfa, 1,96 untuk 95 %'],
    ],
    assumes: ['Pekan ujinya tidak ikut dipakai membuat peta.'],
    sided:
      'Dua sisi, eksak (McNemar): kejadian yang ditangkap kedua peta, atau tidak satu pun, tidak berbicara. Tanpa koreksi untuk ketiga luas.',
    avoid: [
      'hanya satu masa uji dengan sedikit kejadian: ulangi.',
      'membandingkan PAI antarkota: ia bergantung pada ukuran sel.',
    ],
  },
  warning: {
    title: 'Peringatan dini',
    what: 'Tiap desa dan kategori dibandingkan dengan kebiasaannya sendiri, tiap malam. Dengan tiga tahun riwayat dipakai Farrington, sebelum itu EWMA dan CUSUM; desa yang jarang dinilai bersama sekecamatan, dan yang tetap jarang dengan Bayes. Peringatan sekabupaten atau kota dijaga dengan FDR 5 %, dan paling sedikit lima kejadian dalam empat pekan. Bila melewati batas atas, peringatan dibuat: sejak kapan, berapa di atas batas, seberapa yakin. Hasilnya dicatat (benar, tidak, belum jelas), sehingga ketepatan tiap aturan terlihat.',
    where: [
      ['x_t', 'kejadian pada langkah t'],
      ['\\mu', 'rata-rata masa latihan; μ₀: harapan dari pekan yang sama tahun-tahun lalu'],
      ['\\lambda , L', 'bobot yang terbaru, dan lebar batas EWMA'],
      ['k , h', 'setengah pergeseran yang dicari, dan batas CUSUM'],
      ['\\tau', 'keragaman lebih dari Poisson, dan ketidakpastian μ₀'],
      [
        's , m',
        'ketepatan suatu aturan: yang benar di antara m yang benar atau tidak, dengan selang Wilson 95 % (z = 1,96)',
      ],
    ],
    assumes: [
      'Masa latihannya biasa, tanpa wabah kejadian.',
      'EWMA dan CUSUM memerlukan 20 pekan riwayat, Farrington tiga tahun.',
    ],
    sided:
      'Satu sisi: hanya ke atas. Pada Farrington dan Bayes dari tujuh hari terakhir; pada EWMA dan CUSUM dari jumlah sejak kenaikan dimulai, dengan memperhitungkan delapan pekan yang mungkin menjadi awalnya. Yang tampak tanpa koreksi; peringatan mana yang disampaikan ditentukan sesudah koreksi FDR.',
    avoid: [
      'rata-rata di bawah satu kejadian sepekan: EWMA dan CUSUM membunyikan satu kejadian saja (2–10 % pekan palsu). Pakai Bayes atau Farrington.',
      'cara melapor baru saja berubah.',
    ],
    rules: [
      ['EWMA', 'rata-rata bergerak berbobot di atas batasnya'],
      ['CUSUM', 'jumlah kelebihan yang menumpuk di atas batasnya'],
      ['Farrington', 'jumlah pekan ini di atas U dari pekan yang sama tahun-tahun lalu'],
      [
        'EARS (ada di pustaka, tidak di layar)',
        'jumlah di atas rata-rata tujuh langkah terakhir ditambah z simpangan baku',
      ],
      ['Bayes', 'jumlah di atas kuantil prediktif dari langkah-langkah sebelumnya; untuk kejadian jarang'],
    ],
  },
  similarity: {
    title: 'Kemiripan pola (S Andresen)',
    what: 'Ada di pustaka, tidak di layar mana pun. Bagian tempat yang andilnya terhadap seluruh kejadian tidak berubah antara dua masa: 1 sama sekali sama, 0 sama sekali lain. Jumlahnya boleh berbeda, polanya yang dibandingkan.',
    where: [
      ['s_i', '1 bila andil tempat i di masa satu berada dalam 95 % andil dari masa lain yang diambil ulang'],
      ['n', 'banyaknya tempat'],
    ],
    assumes: ['Pengambilan ulang mewakili kebetulan masa uji.'],
    sided: 'Dua sisi per tempat.',
    avoid: [
      'hampir semua tempat tanpa kejadian: S tinggi dengan sendirinya. Lihat yang hanya atas tempat berkejadian.',
    ],
  },
};
