/* A rich catalogue: thirty services in six groups with titles as long as offices write them, for looking at home and
 * its groups when a university offers everything.  Invented, and on the tests' side only: the product's own services
 * lie in kiosk/services. */
#ifndef GALLERY_RICH_H
#define GALLERY_RICH_H

#include "kiosk/app/glass.h"

#define RICH_BYTES_MOST 65536

typedef struct RichService {
    const char *id, *group, *icon;
    int fee, hours;
    const char *title[LANGUAGE_COUNT], *help[LANGUAGE_COUNT];
} RichService;

static const RichService rich_services[] = {
    { "certificate-of-study",
      "documents",
      "doc",
      0,
      0,
      { "Oʻqish joyidan maʼlumotnoma", "Ўқиш жойидан маълумотнома", "Справка с места учёбы", "Certificate of study" },
      { "Universitetda oʻqiyotganingizni tasdiqlaydi", "Университетда ўқиётганингизни тасдиқлайди",
        "Подтверждает, что вы учитесь в университете", "Confirms that you study at the university" } },
    { "transcript",
      "documents",
      "doc",
      0,
      0,
      { "Transkript", "Транскрипт", "Транскрипт", "Transcript" },
      { "Barcha fanlar, baholar va GPA", "Барча фанлар, баҳолар ва GPA", "Все предметы, оценки и средний балл (GPA)",
        "All subjects, marks and your GPA" } },
    { "academic-reference",
      "documents",
      "doc",
      0,
      8,
      { "Akademik maʼlumotnoma", "Академик маълумотнома", "Академическая справка", "Academic reference" },
      { "Oʻqishni koʻchirish yoki tiklash uchun", "Ўқишни кўчириш ёки тиклаш учун",
        "Для перевода или восстановления в другом вузе", "For a transfer or reinstatement elsewhere" } },
    { "gpa-statement",
      "documents",
      "doc",
      0,
      0,
      { "GPA koʻrsatkichi haqida maʼlumotnoma", "GPA кўрсаткичи ҳақида маълумотнома",
        "Справка о среднем балле (GPA) за весь период обучения", "GPA statement" },
      { "Stipendiya va grant tanlovlari uchun", "Стипендия ва грант танловлари учун",
        "Для конкурсов на стипендии и гранты", "For scholarships and grants" } },
    { "call-up-paper",
      "documents",
      "doc",
      0,
      0,
      { "Chaqiruv qogʻozi", "Чақирув қоғози", "Справка-вызов на экзаменационную сессию для предъявления работодателю",
        "Call-up paper for the exam session" },
      { "Sirtqi talabalarning ish joyi uchun", "Сиртқи талабаларнинг иш жойи учун",
        "Для работодателя студентов заочной формы", "For the employer of part-time students" } },
    { "order-extract",
      "documents",
      "doc",
      0,
      8,
      { "Buyruqdan koʻchirma", "Буйруқдан кўчирма", "Выписка из приказа о зачислении, переводе или отчислении",
        "Extract from an order" },
      { "Qabul, koʻchirish yoki taʼtil buyrugʻidan", "Қабул, кўчириш ёки таътил буйруғидан",
        "Из приказа о зачислении, переводе, отпуске", "Of admission, transfer or leave" } },
    { "diploma-duplicate",
      "documents",
      "doc",
      412000,
      72,
      { "Diplom va ilovasining dublikati", "Диплом ва иловасининг дубликати",
        "Дубликат диплома и приложения к нему взамен утраченных", "Duplicate of a diploma and its supplement" },
      { "Yoʻqolgan yoki yaroqsiz boʻlgan diplom oʻrniga", "Йўқолган ёки яроқсиз бўлган диплом ўрнига",
        "Взамен утраченного или повреждённого", "Instead of a lost or damaged one" } },
    { "marks",
      "study",
      "study",
      0,
      0,
      { "Baholarim", "Баҳоларим", "Мои оценки", "My marks" },
      { "Joriy, oraliq va yakuniy nazorat ballari", "Жорий, оралиқ ва якуний назорат баллари",
        "Баллы текущего, промежуточного и итогового контроля", "Points of this semester’s controls" } },
    { "timetable",
      "study",
      "clock",
      0,
      0,
      { "Dars jadvali", "Дарс жадвали", "Расписание занятий", "Timetable" },
      { "Bugun, shu hafta va keyingi hafta", "Бугун, шу ҳафта ва кейинги ҳафта", "На сегодня, эту и следующую неделю",
        "Today, this week and the next" } },
    { "exams",
      "study",
      "edit",
      0,
      0,
      { "Imtihonlar jadvali", "Имтиҳонлар жадвали", "График итогового контроля и экзаменов", "Exam timetable" },
      { "Sana, vaqt va auditoriya", "Сана, вақт ва аудитория", "Дата, время и аудитория", "Date, time and room" } },
    { "attendance",
      "study",
      "person",
      0,
      0,
      { "Davomat", "Давомат", "Посещаемость и пропуски занятий", "Attendance" },
      { "Sababli va sababsiz qoldirilgan darslar", "Сабабли ва сабабсиз қолдирилган дарслар",
        "По уважительной причине и без неё", "Excused and unexcused absences" } },
    { "debts",
      "study",
      "warn",
      0,
      0,
      { "Akademik qarzdorlik", "Академик қарздорлик", "Академическая задолженность и сроки её ликвидации",
        "Academic debts" },
      { "Qaysi fandan va qachongacha topshirish kerak", "Қайси фандан ва қачонгача топшириш керак",
        "По каким предметам и до какого числа", "Which subjects, and until when" } },
    { "academic-leave",
      "applications",
      "apply",
      0,
      40,
      { "Akademik taʼtil", "Академик таътил",
        "Предоставление академического отпуска по состоянию здоровья или семейным обстоятельствам", "Academic leave" },
      { "Sogʻliq, oila yoki harbiy xizmat sababli", "Соғлиқ, оила ёки ҳарбий хизмат сабабли",
        "По здоровью, семейным причинам, службе", "For health, family or service" } },
    { "leave-return",
      "applications",
      "apply",
      0,
      24,
      { "Akademik taʼtildan qaytish", "Академик таътилдан қайтиш", "Выход из академического отпуска",
        "Return from leave" },
      { "Taʼtil tugashidan oldin topshiriladi", "Таътил тугашидан олдин топширилади", "Подаётся до окончания отпуска",
        "To be handed in before the leave ends" } },
    { "transfer",
      "applications",
      "apply",
      0,
      80,
      { "Oʻqishni koʻchirish", "Ўқишни кўчириш",
        "Перевод обучения из другого вуза или на другое направление образования", "Transfer" },
      { "Boshqa OTM yoki boshqa yoʻnalishga", "Бошқа ОТМ ёки бошқа йўналишга", "В другой вуз или на другое направление",
        "To another university or programme" } },
    { "reinstatement",
      "applications",
      "apply",
      0,
      80,
      { "Oʻqishni tiklash", "Ўқишни тиклаш", "Восстановление в число студентов", "Reinstatement" },
      { "Avval oʻqigan talabalar uchun", "Аввал ўқиган талабалар учун", "Для тех, кто учился раньше",
        "For those who studied before" } },
    { "surname",
      "applications",
      "apply",
      0,
      24,
      { "Familiyani oʻzgartirish", "Фамилияни ўзгартириш", "Смена фамилии, имени или отчества в личном деле",
        "Change of surname" },
      { "Pasport yangilangandan keyin", "Паспорт янгилангандан кейин", "После замены паспорта",
        "After the passport was renewed" } },
    { "excused-absence",
      "applications",
      "apply",
      0,
      8,
      { "Darsni sababli qoldirish", "Дарсни сабабли қолдириш", "Пропуск занятий по уважительной причине",
        "Excused absence" },
      { "Tibbiy maʼlumotnoma yoki chaqiruv bilan", "Тиббий маълумотнома ёки чақирув билан",
        "С медицинской справкой или вызовом", "With a medical certificate or a summons" } },
    { "appeal",
      "applications",
      "apply",
      0,
      24,
      { "Apellyatsiya", "Апелляция", "Апелляция на результат итогового контроля", "Appeal against a mark" },
      { "Yakuniy nazorat natijasidan norozi boʻlsangiz", "Якуний назорат натижасидан норози бўлсангиз",
        "Если вы не согласны с результатом", "When you do not agree with a result" } },
    { "contract",
      "payments",
      "pay",
      0,
      0,
      { "Toʻlov-shartnoma", "Тўлов-шартнома", "Платно-контрактный договор на текущий учебный год", "Contract" },
      { "Shu oʻquv yili uchun, chop etishga tayyor", "Шу ўқув йили учун, чоп этишга тайёр",
        "На этот учебный год, готов к печати", "For this academic year, ready to print" } },
    { "balance",
      "payments",
      "money",
      0,
      0,
      { "Qoldiq va toʻlovlar", "Қолдиқ ва тўловлар", "Остаток по контракту и история платежей",
        "Balance and payments" },
      { "Qancha toʻlangan va qancha qolgan", "Қанча тўланган ва қанча қолган", "Сколько оплачено и сколько осталось",
        "What is paid and what is left" } },
    { "receipt",
      "payments",
      "doc",
      0,
      0,
      { "Toʻlov kvitansiyasi", "Тўлов квитанцияси", "Квитанция об оплате с реквизитами университета", "Payment slip" },
      { "Bank rekvizitlari va shartnoma raqami bilan", "Банк реквизитлари ва шартнома рақами билан",
        "С реквизитами банка и номером контракта", "With bank details and the contract’s number" } },
    { "instalments",
      "payments",
      "apply",
      0,
      24,
      { "Toʻlovni boʻlib toʻlash", "Тўловни бўлиб тўлаш", "Рассрочка оплаты за обучение", "Payment in parts" },
      { "Toʻrt qismgacha", "Тўрт қисмгача", "До четырёх частей", "Up to four parts" } },
    { "dormitory",
      "housing",
      "house",
      0,
      24,
      { "Yotoqxonaga joylashish", "Ётоқхонага жойлашиш", "Заселение в студенческое общежитие",
        "A place in a dormitory" },
      { "Ariza, navbat va xona", "Ариза, навбат ва хона", "Заявление, очередь и комната",
        "Application, queue and room" } },
    { "rent-subsidy",
      "housing",
      "house",
      0,
      40,
      { "Ijara subsidiyasi", "Ижара субсидияси", "Субсидия на аренду жилья для студентов из других регионов",
        "Rent subsidy" },
      { "Ijarada yashayotgan talabalar uchun", "Ижарада яшаётган талабалар учун", "Для студентов, снимающих жильё",
        "For students who rent" } },
    { "residence",
      "housing",
      "place",
      0,
      0,
      { "Turar joy maʼlumotnomasi", "Турар жой маълумотномаси", "Справка о проживании в общежитии",
        "Certificate of residence" },
      { "Yotoqxonada yashayotganingizni tasdiqlaydi", "Ётоқхонада яшаётганингизни тасдиқлайди",
        "Подтверждает, что вы живёте в общежитии", "Confirms that you live in the dormitory" } },
    { "office-hours",
      "information",
      "clock",
      0,
      0,
      { "Qabul vaqti", "Қабул вақти", "Часы приёма офиса регистратора, деканатов и бухгалтерии", "Opening hours" },
      { "Ofis, dekanatlar va buxgalteriya", "Офис, деканатлар ва бухгалтерия", "Офис, деканаты и бухгалтерия",
        "Office, deans and accounting" } },
    { "rooms",
      "information",
      "place",
      0,
      0,
      { "Xonalar va binolar", "Хоналар ва бинолар", "Кабинеты и учебные корпуса", "Rooms and buildings" },
      { "Auditoriya, dekanat, kutubxona qayerda", "Аудитория, деканат, кутубхона қаерда",
        "Где аудитория, деканат, библиотека", "Where rooms, deans and the library are" } },
    { "password",
      "information",
      "keys",
      0,
      0,
      { "HEMIS parolini tiklash", "HEMIS паролини тиклаш", "Восстановление пароля HEMIS", "HEMIS password" },
      { "Parolni unutgan boʻlsangiz", "Паролни унутган бўлсангиз", "Если вы забыли пароль",
        "When you have forgotten it" } },
    { "contacts",
      "information",
      "call",
      0,
      0,
      { "Telefonlar va manzillar", "Телефонлар ва манзиллар", "Телефоны и адреса подразделений университета",
        "Telephones and addresses" },
      { "Kimga va qachon qoʻngʻiroq qilish kerak", "Кимга ва қачон қўнғироқ қилиш керак", "Кому и когда звонить",
        "Whom to call, and when" } },
};

static inline void rich_add_texts(Buf *buf, const char *key, const char *const texts[LANGUAGE_COUNT])
{
    buf_add_format(buf, "\"%s\":{", key);
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        buf_add_format(buf, "%s\"%s\":\"%s\"", i ? "," : "", language_tag((Language)i), texts[i]);
    buf_add_text(buf, "},");
}

static inline void rich_add_service(Buf *buf, const RichService *service, size_t order)
{
    static const char *const whom[LANGUAGE_COUNT] = { "Barcha talabalarga", "Барча талабаларга", "Всем студентам",
                                                      "Every student" };

    buf_add_format(buf, "%s{\"id\":\"%s\",\"group\":\"%s\",\"icon\":\"%s\",\"order\":%zu,", order ? "," : "",
                   service->id, service->group, service->icon, order);
    rich_add_texts(buf, "titles", service->title);
    rich_add_texts(buf, "help", service->help);
    rich_add_texts(buf, "whom", whom);
    buf_add_format(buf,
                   "\"for\":[{\"is\":\"status\",\"in\":[\"11\"]}],\"form\":[],"
                   "\"yields\":{\"document\":\"%s\",\"languages\":[\"uz\",\"ru\"]},\"source\":\"ours\","
                   "\"promise\":{\"working_hours\":%d},\"fee\":%d,\"limit\":{\"day\":3},\"repeat\":\"always\"}",
                   service->id, service->hours, service->fee);
}

/* The catalogue as the registrar sends it; made once for a whole run of tests. */
static inline const char *rich_catalogue(void)
{
    static char json[RICH_BYTES_MOST];
    Error err = { 0 };
    OWNED_BUF buf;

    buf_init(&buf, sizeof json - 1);
    if (json[0])
        return json;
    buf_add_text(&buf, "{\"services\":[");
    for (size_t i = 0; i < COUNT(rich_services); i++)
        rich_add_service(&buf, &rich_services[i], i);
    buf_add_text(&buf, "]}");
    assert_ok(buf_ok(&buf, &err), err);
    assert_true(str_copy(buf_str(&buf), json, sizeof json));
    return json;
}

/* Home as the registrar says it to a student who may use all but a few of them. */
static inline void rich_home(Glass *glass)
{
    ApiHome *home = glass->model.visit.home;

    home->service_count = COUNT(rich_services);
    for (size_t i = 0; i < COUNT(rich_services); i++) {
        ApiService *offer = &home->services[i];
        *offer = (ApiService){ .allowed = i % 9 != 5, .copies_left = 3 };
        str_copy_cut(str_from(rich_services[i].id), offer->service, sizeof offer->service);
        if (!offer->allowed)
            offer->reason = i % 2 ? REASON_SEASON : REASON_STATUS;
    }
}

#endif
