//! Names of the west: Yoruba with tone marks, Ghanaian, and the English ones of the coast.

use super::Names;

pub static YORUBA: Names = Names {
    women: "Fúnmiláyọ̀ Ṣadé Títílayọ̀ Yétúndé Bùkọ́lá Adéṣọlá Kẹ́mi Bọ́lánlé Tèmitọ́pẹ́ Fọlákẹ́ Rónkẹ́ Dámilọ́lá \
        Olúwaṣeun Ọláyínká Adérónkẹ́ Táíwò Kẹ́hìndé Mojísọ́lá Modúpẹ́ Olúbùnmi Ìyábọ̀ Tóyìn Bímpé Yẹ́misí Rashidat \
        Símisọ́lá Oyíndàmọ́lá Olúfúnkẹ́ Fọláṣadé Morẹ́nikẹ́ Ọmọ́lará Ẹniọlá Ìfẹ́olúwa Tèmilolúwa Olúwatóyìn Ayọ̀bámi \
        Abísọ́lá Adéọlá Adébímpé Adéníkẹ̀ẹ́ Adédoyin Ọmọ́táyọ̀ Ọmọ́wùmí Ọmọ́tọ́lá Olúwatósìn Ṣọlá Bísí Bọ́sẹ̀ Sherifat \
        Kafayat Mulikat Bashirat Risikat Nimota Sikirat Àdùnní Àṣàkẹ́ Àníkẹ́ Àbẹ̀kẹ́ Àjọkẹ́ Àmọ̀kẹ́ Àìná Àlàbá Ìdòwú \
        Ìyádùnní Ìbùkún Ìrètí Ayọ̀délé Ayọ̀mide Mosúnmọ́lá Ọpẹ́yẹmí Olúwadámilọ́lá Olúwakẹ́mi Tolúlọpẹ́ Tiwalọlá Tẹniọlá \
        Yéwándé Ìyátúndé Fẹ́yíṣayọ̀ Fadékẹ́ Fehintolá Jumọ̀kẹ́ Kíkẹ́lọmọ Lólá Mọ́rẹ̀nikéjì Pẹ̀lúmi Wúràọlá Zainab",
    men: "Adébáyọ̀ Túndé Olúwaṣeun Babátúndé Fẹ́mi Ṣẹ́gun Kúnlé Adéwálé Ayọ̀délé Olúmìdé Ọláyínká Adékúnlé Adéyẹmí \
        Gbénga Ṣeun Dámiláre Rótìmí Wálé Yínká Kayọ̀dé Ọlámidé Ọládélé Ọlálékan Lékan Jídé Dèjì Olúfẹ́mi Olúṣẹ́gun \
        Táíwò Kẹ́hìndé Ìdòwú Adémọ́lá Adéníyì Adéṣọlá Akínwálé Akíntúndé Akínwùmí Ayọ̀dèjì Ayọ̀mide Bánkọ́lé Bọ́lájí \
        Ọládipọ̀ Ọláòlúwa Ọlábísí Olúgbénga Olúwatóbi Tóbilọ́ba Tolúlọpẹ́ Tèmitọ́pẹ́ Dàpọ̀ Kọ́lápọ̀ Kọ́láwọlé Káyọ̀ Ṣọlá \
        Ṣínà Ọbáfẹ́mi Ọmọ́túndé Ọpẹ́olúwa Ọ̀rẹ́olúwa Ìfẹ́dayọ̀ Ìbídàpọ̀ Ìṣọ̀lá Mufutau Wasiu Saheed Ganiyu Sulaimon Waheed \
        Kamoru Lateef Jimoh Rasheed Nurudeen Taofeek Olúwadáre Dáre Dọ̀tun Fọlárìn Gbọ́láhàn Kọ́lá Láńre Mákindé \
        Níyì Olúdáre Olúkáyọ̀dé Olúwafẹ́mi Pẹ̀lúmi Ṣẹ̀yí Tayọ̀ Yọ̀mí",
    families: "Adébáyọ̀ Adéyẹmí Ajàyí Ògúnlẹ́yẹ Balógun Adékúnlé Adélékè Babalọlá Akíndélé Ọláńrewájú Ọládípọ̀ Adéwálé \
        Bákàrè Lawal Salami Oyèdélé Adéoyè Adétúnjí Adésànyà Adémọ́lá Adéṣínà Adéwùmí Akínyẹmí Akínṣọlá Akíntọ́lá Àlàbí \
        Àrẹ̀mú Ayọ̀délé Ayẹni Bámgbóṣé Bánkọ́lé Dáramọ́lá Fádípẹ̀ Fágbèmí Fáṣọlá Fálànà Fálọlá Fáyẹmí Ìbíkúnlé Ìdòwú \
        Jẹ́gẹ́dẹ́ Ládipọ̀ Mákindé Ògúndélé Ògúnbánjọ Ògúnyẹmí Ògúnṣọlá Òjó Òkè Ọbáfẹ́mi Ọlátúnjí Ọláwálé Ọláyẹmí Ọláyínká \
        Ọláòyè Ọ̀ṣúntókun Olúwọlé Oyèwọlé Oyèyẹmí Oyèníyì Ṣóbándé Ṣówándé Ṣóyẹmí Ṣónúgà Sànúsí Sulaimon Tìámíyù Táíwò \
        Yusuf Raji Popoola Olájídé Olúṣọlá Àjàní Àkàndé Àyìndé Àkànní Ìṣọ̀lá Arógundadé Ẹgbẹ́yẹmí Fágbọ́hùn",
    english: 170,
};

pub static GHANAIAN: Names = Names {
    women: "Akosua Abena Ama Yaa Adwoa Akua Afua Efua Esi Araba Maame Serwaa Adjoa Dzifa Selorm Sena Naa Dede Korkor \
        Nhyira Afia Enyonam",
    men: "Kwame Kofi Kwesi Yaw Kwabena Kojo Kwaku Ekow Nana Kɔfi Selasi Edem Senyo Nii Tetteh Lartey Kobina Kwadwo Fiifi \
        Paa Komla Elikem",
    families: "Mensah Owusu Boateng Asante Osei Appiah Agyeman Amoah Ansah Darko Frimpong Gyasi Ofori Opoku Quaye Sarpong \
        Tetteh Yeboah Acheampong Addo Agbeko Amoako Asamoah Badu Baffoe Donkor Lamptey",
    english: 300,
};

pub static ENGLISH: Names = Names {
    women: "Blessing Grace Joy Mercy Esther Peace Favour Patience Faith Precious Mary Victoria Deborah Ruth Elizabeth \
        Gift Rebecca Comfort Happiness Stella Gloria Rose Vivian Cynthia Juliet Florence Janet Hannah Abigail Dorcas \
        Charity Hope Helen Angela Priscilla Sarah Jennifer Linda Rita Agnes Theresa Catherine Susan Goodness Miracle \
        Promise Loveth Queen Princess Bridget Josephine Beatrice Caroline Evelyn Veronica Martha Rachael Naomi",
    men: "Emmanuel Samuel Daniel David Michael John Joseph Victor Peter Sunday Godwin Solomon Paul Gabriel Benjamin Joshua \
        Kingsley Anthony Felix Festus Stephen Isaac Moses Matthew Patrick Collins Prince Augustine Innocent Lucky \
        Wisdom Success Monday Friday Goodluck Israel Jeremiah Sylvester Simon Thomas Philip Mark Luke Francis George \
        Charles Henry Richard Clement Raphael Vincent Raymond Christopher Elijah Caleb Destiny Marvellous Godspower",
    families: "Williams Johnson Cole Coker Davies Thomas George Smith Macaulay Da-Silva Pereira Benson Doherty Pinheiro \
        Martins Cardoso Vaughan Savage Taylor Wright Randle Bright Douglas Daniel Samuel James Joseph Peters Philips \
        Emmanuel Moses Solomon",
    english: 0,
};
