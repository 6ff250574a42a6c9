import type { METHOD_PARTS } from '../method-keys.ts';
import type { MethodText } from '../texts.ts';

export const maps: Record<(typeof METHOD_PARTS)['maps'][number], MethodText> = {
  window: {
    title: 'Jendela Poisson (uji eksak)',
    what: 'Di tempat mana, bersama tetangganya, terjadi lebih banyak daripada yang patut diharapkan? p adalah peluang melihat sebanyak itu atau lebih bila risikonya sama di mana-mana. Inilah uji bawaan peta untuk kejadian yang jarang.',
    where: [
      ['W_i', 'jendela: tempat i dan tetangga yang bersentuhan'],
      ['n_i', 'kejadian di dalam jendela'],
      ['E_i', 'nilai harapan jendela dari rumah tangga, TPS, atau luas'],
      ['x_j', 'rumah tangga, TPS, atau luas tempat j'],
      ['b_i', 'kejadian di jendela itu selama periode pembanding; dengannya baris ketiga yang berlaku'],
      ['e , e_0', 'semua kejadian kedua masa: yang dibandingkan polanya, naik di mana-mana bukan naik di satu tempat'],
    ],
    assumes: [
      'Kejadian saling lepas. Kejadian berulang berdekatan membuat p terlalu kecil.',
      'Harapan dari rumah tangga dianggap diketahui; periode pembanding tidak: sedikitnya kejadian di sana ikut diperhitungkan.',
      'Tempat yang rumah tangganya (TPS, luasnya) tidak diketahui tidak dinilai, dan bukan tetangga siapa pun.',
    ],
    sided: 'Satu sisi: hanya kelebihan yang diuji. Eksak, bukan hampiran.',
    avoid: [
      'yang dicari tempat yang lebih sepi dari biasanya.',
      'rumah tangga tidak menjelaskan risikonya, misalnya di pasar: pakai periode pembanding.',
    ],
  },
  fdr: {
    title: 'Koreksi uji berganda (FDR)',
    what: 'Menguji 1.000 tempat pada 5 % memberi sekitar 50 tanda palsu walau tidak ada apa-apa. Koreksi ini menjaga bagian yang palsu di antara yang ditandai, rata-rata tidak lebih dari α. Tabel, telaahan dan berkas memuat keduanya: p tempat itu sendiri, dan p (FDR), dalam berkas pFdr. Berkas untuk umum hanya mengoreksi untuk tempat yang diumumkannya.',
    where: [
      ['p_{(j)}', 'nilai p ke-j dari yang terkecil'],
      ['m', 'banyaknya tempat yang diuji'],
      ['q_{(i)}', 'nilai p terkoreksi: signifikan bila ≤ α'],
    ],
    assumes: ['Uji saling lepas atau bergantung positif, seperti jendela yang bertumpang tindih.'],
    sided: 'Mengikuti sisi p yang dikoreksi.',
    avoid: ['satu tempat sudah ditentukan sebelum melihat data: p-nya sendiri yang berlaku.'],
  },
  getis: {
    title: 'Gi* (Getis–Ord)',
    what: 'Apakah nilai tinggi (atau rendah) mengelompok di sekitar suatu tempat, dibanding seluruh peta? z positif: kelompok tinggi; negatif: kelompok rendah. Kelas pada alfa, alfa/5, dan alfa/50.',
    where: [
      ['x_j', 'nilai tempat j'],
      ['w_{ij}', '1 bila j bertetangga dengan i, dan untuk i sendiri; selain itu 0'],
      ['\\bar{x} , s', 'rata-rata dan simpangan baku semua nilai'],
      ['n', 'banyaknya tempat'],
    ],
    assumes: [
      'Tanpa kelompok, semua urutan nilai sama mungkinnya.',
      'Jumlah di sekitar tempat mendekati normal: perlu rata-rata sekitar 18 kejadian per jendela.',
    ],
    sided: 'Dua sisi.',
    avoid: [
      'kejadian jarang: pada 84.000 wilayah tanpa kelompok, rata-rata 0,005 kejadian, Gi* menandai 3.710 wilayah. Pakai jendela Poisson.',
      'jumlah mentah dengan penduduk tak merata: yang tampak hanyalah tempat orang tinggal.',
    ],
  },
  moran: {
    title: 'Moran lokal (LISA)',
    what: 'Tempat tinggi di antara yang tinggi, rendah di antara yang rendah, dan yang menyimpang: tinggi di antara yang rendah atau sebaliknya.',
    where: [
      ['x_i', 'nilai tempat i'],
      ['\\bar{x}', 'rata-rata'],
      ['w_{ij}', 'bobot tetangga, per tempat berjumlah 1'],
      ['I_i', 'positif: mirip tetangga; negatif: menyimpang'],
    ],
    assumes: [
      'Nilai tetangga diacak di antara tempat lain; peta memakai hampiran normal untuk p, atau, bila diminta, permutasi (p_sim PySAL, tetapi dua sisi) dengan benih yang tertera.',
    ],
    sided: 'Dua sisi.',
    avoid: ['kejadian jarang atau tetangga sedikit: hampiran normal tidak berlaku.', 'tempat tanpa tetangga (pulau).'],
    rules: [
      ['Tinggi–tinggi', 'di atas rata-rata, tetangganya juga'],
      ['Rendah–rendah', 'di bawah rata-rata, tetangganya juga'],
      ['Tinggi–rendah', 'menonjol di antara tetangga yang rendah'],
      ['Rendah–tinggi', 'sepi di antara tetangga yang tinggi'],
    ],
  },
  'global-moran': {
    title: 'Moran I seluruh peta',
    what: 'Satu angka untuk seluruh peta: apakah tempat yang bertetangga mirip? Mendekati 1: mengelompok; sekitar −1/(n − 1): acak; negatif: berselang-seling. Dipakai untuk membandingkan dua periode.',
    where: [
      ['z_i', 'nilai dikurangi rata-rata'],
      ['S_0', 'jumlah semua bobot'],
      ['n', 'tempat yang bertetangga'],
    ],
    assumes: ['Setiap urutan nilai sama mungkinnya (pengacakan). Pulau tidak ikut.'],
    sided: 'Dua sisi.',
    avoid: ['yang ditanya “di mana”: pakai Moran lokal atau jendela Poisson.', 'tempatnya kurang dari empat.'],
  },
  density: {
    title: 'Kepadatan kernel',
    what: 'Permukaan halus: kira-kira berapa kejadian per km² di sekitar suatu titik. Bagus untuk melihat bentuk, bukan untuk membuktikan.',
    where: [
      ['K', 'kernel Gauss dengan lebar h'],
      ['h', 'lebar pita, meter; bila tidak diisi, kaidah Scott dari n titik dengan simpangan σ'],
      ['\\lambda(u)', 'kejadian per km² di titik u'],
    ],
    assumes: [
      'Kejadian tersebar halus. Tepi tidak dikoreksi: di dekat pantai dan batas wilayah kepadatannya terlalu rendah.',
    ],
    sided: '',
    avoid: [
      'yang diminta bukti: titik yang disebar acak pun punya puncak.',
      'titiknya sedikit: satu kejadian menjadi satu gunung.',
    ],
  },
  emerging: {
    title: 'Titik rawan yang berkembang (17 kategori)',
    what: 'Riwayat tiap tempat langkah demi langkah: baru, menetap, menguat, melemah, atau sudah lewat. Gi* dihitung per langkah bersama langkah sebelumnya, lalu trennya diuji dengan Mann–Kendall.',
    where: [
      ['z_{it}', 'Gi* tempat i pada langkah t, terhadap seluruh langkah'],
      ['S_i', 'pasangan langkah yang naik dikurangi yang turun'],
      ['n', 'banyaknya langkah, paling sedikit 10'],
    ],
    assumes: [
      'Seperti Gi*. Untuk kejadian jarang hasilnya petunjuk, bukan bukti.',
      'FDR berlaku atas seluruh langkah dan tempat dari Gi*; p tren tidak dikoreksi.',
    ],
    sided: 'Dua sisi, untuk Gi* maupun tren.',
    avoid: ['langkahnya kurang dari sepuluh.', 'langkahnya terlalu pendek sehingga hampir semua bernilai nol.'],
    rules: [
      ['Baru (rawan/tenang)', 'signifikan pada langkah terakhir, belum pernah sebelumnya'],
      ['Berturut-turut', 'dua langkah atau lebih tanpa jeda di akhir, belum pernah sebelum itu, kurang dari 90 %'],
      ['Menguat', 'signifikan pada langkah terakhir dan ≥ 90 % langkah, trennya naik'],
      ['Menetap', 'signifikan pada langkah terakhir dan ≥ 90 % langkah, tanpa tren'],
      ['Melemah', 'signifikan pada langkah terakhir dan ≥ 90 % langkah, trennya turun'],
      ['Kadang-kadang', 'signifikan pada langkah terakhir, dengan jeda, tak pernah sebaliknya, kurang dari 90 %'],
      [
        'Rawan, dulu tenang (tenang, dulu rawan)',
        'signifikan pada langkah terakhir, pernah signifikan sebaliknya, kurang dari 90 %',
      ],
      ['Dulu rawan (dulu tenang)', '≥ 90 % langkah signifikan, tetapi tidak pada langkah terakhir'],
      ['Tanpa pola', 'tidak satu pun di atas; delapan kategori rawan, delapan tenang, dan ini'],
    ],
  },
};
