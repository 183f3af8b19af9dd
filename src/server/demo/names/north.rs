//! Names of the north and the middle belt: Hausa, Fulani and Kanuri with hooked letters, Tiv and Idoma, Plateau.

use super::Names;

pub static HAUSA: Names = Names {
    women: "Aisha Fatima Zainab Hauwa Amina Maryam Hadiza Halima Khadija Ruƙayya Bilkisu Safiya Binta Hafsat Jamila \
        Sa'adatu Rabi'atu Asma'u Sumayya Sadiya Zulaihat Farida Firdausi Maimuna Nafisa Murja Ladi Laraba Lami Talatu \
        Jummai Asabe Ramatu Salamatu Uwani Balaraba Saratu Habiba Rahama Ummi Barira Hindatu Hassana Husaina Indo Kande \
        Larai Mairo Rakiya Samira Shafa'atu Sakina Tasalla Yagana Falmata Yakura Karima Ɗausiyya Hajara Ummulkhairi \
        Zahra'u Zubaida Zuwaira",
    men: "Musa Ibrahim Muhammad Usman Abubakar Aliyu Sani Umar Yusuf Suleiman Ɗanjuma Bello Bala Garba Haruna Idris Isa \
        Ƙasim Kabiru Lawal Mustapha Nasiru Nura Abdulƙadir Rabi'u Saidu Salisu Shehu Shu'aibu Tanko Tijjani Yakubu \
        Yahaya Zubairu Auwal Hamza Habib Ɗanladi Ɗanlami Ɗahiru Abdullahi Aminu Anas Ayuba Bashir Dauda Gambo Hassan \
        Hussaini Inuwa Jamilu Mansur Murtala Mu'azu Sunusi Faruƙ Sadiƙ Isma'il Jibril Abdulrazaƙ Ɗalhatu Ɗayyabu Bukar \
        Modu Baba Buba Ardo Jauro Audu Barau Ya'u Zakari",
    families: "Musa Ibrahim Abdullahi Abubakar Mohammed Bello Usman Aliyu Garba Sani Ɗanjuma Yusuf Umar Suleiman Adamu \
        Ahmad Aminu Audu Bako Bala Barau Dauda Dikko Gwarzo Gumel Hamza Haruna Idris Inuwa Isah Jega Jibrin Kano Kabir \
        Katsina Lawan Maɗaki Maigari Maikuɗi Nuhu Ringim Rano Sambo Shehu Tanko Tukur Wada Waziri Yakubu Yaro Zubair \
        Zango Bichi Dutse Funtua Daura Ɗantata Ƙasim Ɗanladi Ɗankabo Bukar Kyari Kachalla Goni Modu Fannami Jauro Girei \
        Mubi Song Gombe Hadejia Bindawa Ningi Misau",
    english: 15,
};

pub static TIV: Names = Names {
    women: "Dooshima Ngunan Iveren Hembadoon Ene Mimidoo Wuese Nguhemen Doosuur Erdoo Kpadoo Seember Torkwase Nguvan \
        Mnguember Ochanya Onyemowo Ehi Ladi Ngodoo Ngufan Dookaan Msendoo Mbakeren Sewuese Kashimana Oyije \
        Inalegwu Aladi",
    men: "Terver Terkimbi Tersoo Terhemba Aondona Aondofa Aondoakaa Vershima Sesugh Saater Hemen Orseer Msurshima Terna \
        Terseer Terfa Iorkyaa Ushahemba Oche Ochefu Enenche Inalegwu Ejeh Onuh Igoche Ogbole Aondover Kator \
        Mlumun Shater",
    families: "Tarka Ayua Agber Akaahan Ikyer Iorapuu Iorliam Iortyer Iyorchia Nyitse Tsav Tyough Ugba Unongo Kwaghngu \
        Gbaden Gbande Ogwuche Adah Agada Ameh Ochefu Ogbole Oche Ocholi Odeh Ogah Onuh Onoja Otokpa Enenche Eche Edache \
        Idoko Akpa Adoga Anenge Shima",
    english: 420,
};

pub static PLATEAU: Names = Names {
    women: "Kaneng Kachollom Lyop Nanret Nanmwa Nenrit Chundung Nvou Simi Rifkatu Laraba Na'omi Tabitha Ladi Ritdirnen \
        Nankwat Paulina Jummai Talatu Nerat Lohnan Retnan",
    men: "Davou Pam Gyang Dung Chollom Chuwang Choji Nanman Ponfa Nenfort Nankling Wuyep Zwalnan Bitrus Yohanna Danladi \
        Dachung Nimfa Nandom Ishaku Istifanus Tongdyen Ayuba Yakubu Mangut",
    families: "Pam Gyang Dung Davou Chollom Choji Chuwang Dariye Dakup Gomwalk Lar Wuyep Bot Nyam Jang Mangai Fom Bulus \
        Bitrus Danjuma Gunen Gotom Longjan Miri Pwajok Tapgun Yilwatda Dalyop Bature",
    english: 480,
};
