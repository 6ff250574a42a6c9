/**
 * Words that passwords are made of when nobody thinks about them, Indonesian and English, and rows of keys. Passwords
 * are at least 12 letters long, so the well-known lists reduce to these: alone, doubled, joined, or with digits around.
 */
export const COMMON_WORDS: readonly string[] = `
abadi abang abc abcd abcde abcdef abcdefg abcdefgh access adik admin administrator adminadmin agustus ahmad aisyah aku
akucinta akusayangkamu alhamdulillah allah allahuakbar aman anak anakku anda andi angel anjing april aremania arema
asdf asdfg asdfgh asdfghjkl assalamualaikum asik awesome ayah ayam babi babinsa bahagia bali bandung bangsa bapak
baseball basketball batik batman bawaslu bayi bekasi bersama bhabinkamtibmas bhayangkara bismillah bismillahirrahmanirrahim
bobotoh bogor bonek bumi bunda bunga cantik cahaya changeme cinta cintaku cintakamu cool cobacoba coba computer daffa
damai dangdut dasar data default demak demi dede desa desember dewa dewi dian dinda doa doang dragon dua dunia
emas enam februari flower football fuckyou gajah ganteng ganti gantisaya garuda gila google gratis guest guru hacker
halo handphone hari harimau haris hello helloworld hidup hitam ibu iloveu iloveyou ikan imut indah indo indonesia
indonesiaraya islam istri jakarta jakmania januari jawa jaya jayalah jelek jokowi juli juni jumat kacang kamis kamtibmas
kamu kantor kasih kasihsayang kata katasandi keamanan kebumen kecil kelurahan keluarga kentongan kepala keren kerja
ketertiban kita kodim komandan komputer kopi koramil kota kucing kuda kuning kunci lama lampung langit laptop letmein
lima login lombok love loveyou lucu lulu maaf mahasiswa makan makassar malam malang mama manado manchester mantap
manunited maret marhaen masjid mas master masuk mata mataram mawar medan mei melati menang merah merahputih merdeka mimpi
minggu mobil monkey motor muhammad murid musik mutiara naruto naga nama negara nih november nkri nopassword ntb nusantara
oktober onepiece operator orang pacar pagi palembang pancasila papa papua pass passcode passw passwd password passwordku
pelangi pemilu persib persija persebaya pilkada pintu polda police polisi polres polresta polri polsek posko pramuka
presisi prabowo princess putih putra putri qazwsx qazwsxedc qwer qwert qwerty qwertyui qwertyuiop raharja rahasia rahmat
raja ratu rindu risky rizky roda ronda root rossi rukun rumah sabtu sahabat sakit salam sandi santai santri satpam satu
sayang sayangku sayangkamu sekolah selalu selamat selamanya selasa semarang semangat sembilan semua senin senkom september
server setia setiap siaga siang siapa siskamling sepuluh slank solo spiderman sukses sumatera sunshine superman support
surabaya surya surga system takbir tamu tangerang telkom temp tempat teman tentara terserah test tester testing tiga timur
tni tujuh tuhan uang umum user utama vpn warga welcome wangi wibu wifi winter wulan www yamaha yang yogyakarta zxcv
zxcvbn zxcvbnm
`
  .trim()
  .split(/\s+/);
