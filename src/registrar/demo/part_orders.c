/* Orders about a student, as HEMIS keeps them: how they came, went on from year to year, and went. */
#include <stdio.h>

#include "registrar/demo/parts.h"

/* HEMIS's decree_type. */
enum {
    ORDER_EXPULSION = 11,
    ORDER_LEAVE = 12,
    ORDER_PROMOTION = 14,
    ORDER_GRADUATION = 17,
    ORDER_SCHOLARSHIP = 18,
    ORDER_PERSONAL = 19,
    ORDER_ADMISSION = 21
};

static void add_order(const Order *order, int kind, const Words *says, bool first, Buf *buf)
{
    add_date(buf, first ? "{\"date\"" : ",{\"date\"", order->date);
    buf_add_format(buf, ",\"kind\":\"%d\",", kind);
    add_words(buf, "names", says);
    buf_add_format(buf, ",\"number\":\"%d-%c\"}", order->number, order->series);
}

static void add_admission(const Facts *facts, Buf *buf)
{
    static const Words says = { "Talabalar safiga qabul qilish toʻgʻrisida", "Талабалар сафига қабул қилиш тўғрисида",
                                "О зачислении в число студентов", "On admission as a student" };
    int points;
    Order order = admission_order(facts, &points);

    add_order(&order, ORDER_ADMISSION, &says, true, buf);
}

/* One for the whole group each summer. */
static void add_promotions(const Facts *facts, Buf *buf)
{
    Dice dice = facts_group_dice(facts, DICE_ORDERS);

    for (int year = facts->entry + 1; year <= facts_began(facts); year++) {
        int to = year - facts->entry + 1;
        Order order = { date_no_sunday((Date){ year, 7, dice_between(&dice, 3, 12) }), dice_between(&dice, 60, 95),
                        'K' };
        Four four;

        snprintf(four.uz, sizeof four.uz, "%d-kursga oʻtkazish toʻgʻrisida", to);
        snprintf(four.cyrillic, sizeof four.cyrillic, "%d-курсга ўтказиш тўғрисида", to);
        snprintf(four.ru, sizeof four.ru, "О переводе на %d-й курс", to);
        snprintf(four.en, sizeof four.en, "On promotion to year %d", to);
        add_order(&order, ORDER_PROMOTION, &(Words){ four.uz, four.cyrillic, four.ru, four.en }, false, buf);
    }
}

static void add_running(const Facts *facts, Buf *buf)
{
    static const Words scholarship = { "Stipendiya tayinlash toʻgʻrisida", "Стипендия тайинлаш тўғрисида",
                                       "О назначении стипендии", "On a scholarship" };
    static const Words personal = { "Shaxsiy grafik asosida oʻqish toʻgʻrisida", "Шахсий график асосида ўқиш тўғрисида",
                                    "Об обучении по индивидуальному графику", "On studying by a personal schedule" };
    Order order;

    if (scholarship_order(facts, &order))
        add_order(&order, ORDER_SCHOLARSHIP, &scholarship, false, buf);
    if (personal_order(facts, &order))
        add_order(&order, ORDER_PERSONAL, &personal, false, buf);
}

static void add_end(const Facts *facts, Buf *buf)
{
    static const Words expulsion = { "Talabalar safidan chetlashtirish toʻgʻrisida",
                                     "Талабалар сафидан четлаштириш тўғрисида", "Об отчислении из числа студентов",
                                     "On expulsion" };
    static const Words leave = { "Akademik taʼtil berish toʻgʻrisida", "Академик таътил бериш тўғрисида",
                                 "О предоставлении академического отпуска", "On academic leave" };
    static const Words graduation = { "Oʻqishni tamomlagani munosabati bilan talabalar safidan chiqarish toʻgʻrisida",
                                      "Ўқишни тамомлагани муносабати билан талабалар сафидан чиқариш тўғрисида",
                                      "Об отчислении в связи с окончанием обучения", "On graduation" };
    const char *reason;
    int diploma;
    Order order;

    if (facts_is(facts->status, "12")) {
        order = leaving_order(facts, &reason);
        add_order(&order, ORDER_EXPULSION, &expulsion, false, buf);
    } else if (facts_is(facts->status, "13")) {
        order = leave_order(facts, &reason);
        add_order(&order, ORDER_LEAVE, &leave, false, buf);
    } else if (facts_is(facts->status, "14")) {
        order = graduation_order(facts, &diploma);
        add_order(&order, ORDER_GRADUATION, &graduation, false, buf);
    }
}

void orders_write(const Facts *facts, Buf *buf)
{
    buf_add_byte(buf, '[');
    add_admission(facts, buf);
    add_promotions(facts, buf);
    add_running(facts, buf);
    add_end(facts, buf);
    buf_add_byte(buf, ']');
}
