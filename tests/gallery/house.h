/* What a university tells a kiosk to show: notices, colour, logo, a long name. */
#ifndef GALLERY_HOUSE_H
#define GALLERY_HOUSE_H

#include "kiosk/app/glass.h"

/* As long as a notice may be, in each language. */
static const char *const house_long_notice[LANGUAGE_COUNT] = {
    [LANGUAGE_UZ] = "Registrator ofisi 25-noyabr kuni soat 13:00 dan 15:00 gacha yopiq: tinch mashgʻulot oʻtkaziladi, "
                    "maʼlumotnomani shu yerdan oling",
    [LANGUAGE_UZ_CYRL] = "Регистратор офиси 25-ноябрь куни соат 13:00 дан 15:00 гача ёпиқ: ўқув машғулоти ўтказилади, "
                         "маълумотномани шу ердан олинг",
    [LANGUAGE_RU] = "Офис регистратора 25 ноября закрыт с 13:00 до 15:00 по случаю учений: справку можно взять "
                    "здесь, не выходя из зала",
    [LANGUAGE_EN] = "The registrar’s office is closed on 25 November from 13:00 to 15:00 for a drill: take your "
                    "certificate from this kiosk",
};

static const char *const house_short_notice[LANGUAGE_COUNT] = {
    [LANGUAGE_UZ] = "Stipendiya uchun arizalar 1-dekabrgacha qabul qilinadi",
    [LANGUAGE_UZ_CYRL] = "Стипендия учун аризалар 1-декабргача қабул қилинади",
    [LANGUAGE_RU] = "Заявления на стипендию принимаются до 1 декабря",
    [LANGUAGE_EN] = "Applications for scholarships are taken until 1 December",
};

static inline ApiNotice house_notice(int64_t id, NoticeSeverity severity, const char *const texts[LANGUAGE_COUNT])
{
    int64_t now_s = GLASS_WALL_MS / 1000;
    ApiNotice notice = { .id = id, .severity = severity, .from_s = now_s - 3600, .until_s = now_s + 30 * 86400 };

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        str_copy_cut(str_from(texts[i]), notice.texts[i], sizeof notice.texts[i]);
    return notice;
}

/* warnings: the first so many of them. */
static inline void house_notices(Glass *glass, size_t count, size_t warnings)
{
    Msg msg = { .kind = MSG_NOTICES, .as.notices = mem_new(1, sizeof(ApiNotices)) };

    assert_non_null(msg.as.notices);
    memcpy(msg.as.notices->version, "0123456789abcdef", 17);
    for (size_t i = 0; i < count; i++)
        msg.as.notices->items[i] = house_notice((int64_t)i + 1, i < warnings ? NOTICE_WARN : NOTICE_INFO,
                                                i % 2 == 0 ? house_long_notice : house_short_notice);
    msg.as.notices->count = count;
    glass_send(glass, &msg);
}

/* logo: SVG; NULL: none. */
static inline void house_theme(Glass *glass, Rgb brand, const char *logo)
{
    Msg msg = { .kind = MSG_THEME, .as.theme = { .version = "0123456789abcdef", .brand = brand } };

    if (logo)
        msg.as.theme.logo = blob_new(logo, strlen(logo));
    glass_send(glass, &msg);
}

/* The emblem of a university that does not exist: two colours, wider than high. */
static const char house_logo[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 100\"><path fill=\"#C9A227\" d=\"M60 4 116 96H4Z\"/>"
    "<path fill=\"#7A1F2B\" d=\"M60 30 92 84H28Z\"/></svg>";

static inline void house_long_name(Glass *glass)
{
    static const char *const names[LANGUAGE_COUNT] = {
        [LANGUAGE_UZ] = "Muhammad al-Xorazmiy nomidagi Toshkent axborot texnologiyalari universiteti",
        [LANGUAGE_UZ_CYRL] = "Муҳаммад ал-Хоразмий номидаги Тошкент ахборот технологиялари университети",
        [LANGUAGE_RU] = "Ташкентский университет информационных технологий имени Мухаммада аль-Хорезми",
        [LANGUAGE_EN] = "Tashkent University of Information Technologies named after Muhammad al-Khwarizmi",
    };

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        glass->model.institution[i] = names[i];
}

#endif
