//! Names of the south-south: Edo and Esan, Urhobo and Itsekiri, Efik and Ibibio, Ijaw and Ikwerre.

use super::Names;

pub static EDO: Names = Names {
    women: "Osasẹre Isoken Itohan Ivie Adẹsuwa Amẹnze Ẹsohe Ẹsẹosa Aisosa Uwa Iyobọsa Ọmọsẹdẹ Ọmọrẹde Osayuki Imade \
        Etinosa Ehizele Ehinomen Imuetinyan Orobọsa Ofure Ejemen Idia Efosa Izẹgbuwa Nosa Iziengbe Osayemwenre Ebose \
        Eghonghon Isimeme",
    men: "Ẹfosa Osagie Osaze Nosa Osas Osamudiamẹn Osarẹtin Nosakhare Eghosa Uyi Osahọn Iyare Aigbe Osayande Etinosa \
        Ehimare Ose Osabuohien Igbinosa Ehi Omorodion Osarumwense Osaigbovo Osamede Ikponmwosa Ehijie Okosun Aimufua \
        Enosakhare",
    families: "Omoregie Igbinovia Osagie Osaghae Ọmọruyi Aigbe Aighobahi Ẹdokpọlọ Eweka Ehigie Erhabor Ogbeide Ogieva \
        Okungbowa Osunde Uwaifo Uwadiae Izevbigie Iyamu Idahosa Idehen Guobadia Giwa-Osagie Agbonlahor Airhiavbere \
        Aghedo Asemota Evbuomwan Imasuen Oronsaye Usifo Okojie Oseghale Okoh Ikhile Aghahowa Ehiagwina",
    english: 400,
};

pub static URHOBO: Names = Names {
    women: "Ejiro Onome Ẹse Rukẹvwẹ Elohor Ufuoma Voke Eguono Edirin Akpevwe Tejiri Oghẹnẹkaro Oghẹnẹtẹga Alero Tosan \
        Omasan Toritsẹju Oritsẹjolomi Weyinmi Temi Eyitẹmi Mamode Oghẹnẹruẹmu Efemena Avwerosuo Onajite Ochuko Ogaga \
        Isio Vwede Omawumi",
    men: "Efẹ Ejiro Oghẹnẹtẹga Ovie Oghẹnẹochuko Tega Ese Voke Onoriode Efemena Emuesiri Akpos Oghẹnẹfejiro Tosan Oritsẹ \
        Ogaga Ochuko Oke Edafe Mudiaga Okiemute Oghẹnẹvwede Omamuzo Eruemuohwo Ejaita Fejiro Laju Mofẹ",
    families: "Okotie Umukoro Okpako Akpofure Onojeta Edafe Mudiaga Ojakovo Otokutu Pessu Rewane Ikomi Ayomike Erhovwo \
        Ighorue Egbedi Akpobome Omene Itebu Uwangue Efejuku Emuobor Esiri Etuwewe Idogho Ogbe Ogidigben Okoro \
        Okumagba Omatsone Onosode Otobo Oweh Uduaghan Uvieghara Edema Egbe",
    english: 380,
};

pub static EFIK: Names = Names {
    women: "Idara Imaọbọng Enọ Emem Uduak Ekaette Arit Atim Affiọng Inemesit Iniọbọng Mfọn Mfọnisọ Nkoyo Unyime Utibe \
        Itoro Idongesit Enọbọng Ikwo Ima Ekanem Akọn Ndifreke Uko Ime Abasiama Aniebiet Ediọma Abasiọfiọk Mkpouto \
        Nsikan Ofonime Sifon Ukeme",
    men: "Ubọng Aniekan Edet Ẹffiọng Etim Okọn Bassey Akan Asuquo Ekong Ekpenyọng Emediọng Eyo Imoh Inyang Ita Kufre \
        Mbuotidem Ndueso Nsikak Nse Otobọng Udo Ufot Ukeme Unwana Uwem Aniefiọk Anietie Idorenyin Iniọbọng Ifiọk \
        Nsima Otu",
    families: "Bassey Akpan Ẹffiọng Okọn Udoh Etim Inyang Asuquo Essien Edet Archibong Edem Ekanem Ekpo Ekpenyọng Etuk \
        Eyo Henshaw Ibanga Ibok Ita Itam Mbong Ndem Nsa Nsien Nya Obong Otu Udofia Ukpong Umoh Umoren Uwah Willie Duke \
        Ephraim Antai Akpabot Ikpe Nkanga Udoma Usoro Uko",
    english: 430,
};

pub static IJAW: Names = Names {
    women: "Ebiere Tonye Ibinabo Boma Tari Preye Ibim Timi Tariere Doubra Belema Sotonye Ibiso Ibifuro Owanate Dein Ine \
        Ebitimi Ayebatari Tamunoibuomi Opubo Soibi Data Woyengitari Ebinabo Chisa Ovunda Nyekachi Inemo",
    men: "Tamuno Timipre Tekena Pere Ebikabowei Ebimobowei Perekeme Kuro Miebaka Ibiba Emomotimi Tokoni Tonye Dienye Boma \
        Sotonye Tamunobelema Tamunotonye Ayibatonye Ebiowei Kemebradikumo Owei Preye Soala Dakuku Chimenem Ovundah \
        Nyeche Obele",
    families: "Briggs Pepple Amachree Jaja Horsfall Amakiri Dappa Dokubo Alagoa Allison Cookey Fubara George-Hart \
        Graham-Douglas Green Harry Jack Jumbo Koko Lawson Membere Ogan Okilo Okara Perekeme Sekibo Spiff Warmate West \
        Wokoma Young-Harry Zuofa Igali Amadi Wali Worlu Nyeche Wonodi Nwuche Eleonu Ebikeme Timiebi Saro",
    english: 430,
};
