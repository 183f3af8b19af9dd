//! Names of the south-east: Igbo.

use super::Names;

pub static IGBO: Names = Names {
    women: "Ngọzi Chioma Chidinma Nkechi Adaeze Amaka Ifeọma Oluchi Chinyere Uche Amarachi Onyinye Chiamaka Nneka Ogechi \
        Ebele Kelechi Adaora Chinwe Ezinne Obiageli Ụzọma Nnenna Chizọba Chisọm Ugochi Ifunanya Chinaza Kosisọchukwu \
        Onyinyechi Ogechukwu Sọmtọchukwu Ụzọamaka Akụnna Munachimsọ Ọlaedo Ijeọma Uloma Urenna Nwakaego Nwanyịeze \
        Chikaodili Chimamanda Chinenye Chinonyerem Adanna Adamma Akuabata Anuli Apunanwu Azuka Chetachi Chinelo \
        Ekwutosi Ginika Isioma Kambịlị Lotanna Mgbeke Njideka Nkiruka Obianuju Odinakachukwu Ogugua Ọnyịnyechukwu \
        Soluzọchukwu Ugonma Uzoamaka Zimụzọ",
    men: "Chinedu Emeka Obinna Ikenna Chukwuemeka Uche Chidi Ifeanyị Kelechi Ebuka Nnamdi Ugochukwu Chibuike Okechukwu \
        Ikechukwu Chijiọke Chigọzie Chima Kenechukwu Uchenna Onyeka Nọnso Obi Ejike Ekene Arinze Azubuike Chibuzọ \
        Chidiebere Chinọnso Kamsiyọchukwu Nwachukwu Obiọra Ọdịnaka Onyebuchi Sọmadịna Tọbechukwu Tọchukwu Ụzọma Afam \
        Anayọ Chika Chikezie Chimezie Chinweike Chizitere Chukwudi Chukwuka Chukwuma Ebere Echezọna Ezenwa Ikemefuna \
        Izuchukwu Jideọfọ Kamdịlị Lotachukwu Madụabụchi Munachi Nduka Obumneme Odera Ogbonnaya Okwudili \
        Osita Raluchukwu Somtọ Ugonna Zikọra",
    families: "Okafor Okeke Nwosu Eze Okonkwo Obi Okoye Okoro Nwankwo Onyekachi Nwachukwu Okorie Chukwu Ugwu Anyanwu \
        Ogbọnna Ezeh Kalu Orji Njoku Ibe Opara Igwe Mbah Ụzọ Nnaji Umeh Obasi Onuoha Ọnụọha Uzor Okpara Nwafor Nwokolo \
        Nwobodo Nwoye Nnamani Onwuka Onyema Onyeama Osuji Ogbu Ugwuanyi Udeh Uzoma Anyaegbu Aniagolu Agu Agbo Akabueze \
        Aneke Asogwa Chukwuma Duru Ekwueme Ekwunife Emenike Enwerem Ibekwe Idika Iheanacho Ihejirika Ikeji Iroegbu Iwu \
        Madu Madueke Mbadiwe Mgbemena Nwagwu Nwaneri Nwaogu Nwodo Obidike Obiefuna Odoh Oguejiofor Ojukwu Okoli Okolie \
        Okwuosa Onwuachi Onyeka Ozoemena Udechukwu Udemba Ukaegbu Umeadi Unegbu",
    english: 380,
};
