/* Contract and scholarship, and orders about the student. */
#include "kiosk/screens/study.h"

#define PAYMENTS_MM   180.0F
#define ORDERS_MM     280.0F
#define PAYMENTS_MOST 12

/* --- contract ----------------------------------------------------------------------------------------------------- */

static void contract_facts(Page *page, const StudyContract *contract)
{
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    /* TRANSLATORS: label over sums of a contract; {0} its number, {1} an academic year */
    part_label(page, fill(page, say(page, "Contract № {0}, {1}"), contract->number, contract->academic_year));
    tree_open(page->tree, ROLE_GROUP, "study.contract", "", card);
    /* TRANSLATORS: labels of sums of a contract */
    part_fact(page, "doc", say(page, "Sum of the contract"), words_sum(page, contract->sum));
    part_line(page);
    part_fact(page, "check", say(page, "Paid"), words_sum(page, contract->paid));
    part_line(page);
    if (contract->overpaid > 0)
        part_fact(page, "plus", say(page, "Paid in advance"), words_sum(page, contract->overpaid));
    else
        part_fact(page, "money", say(page, "Left to pay"),
                  contract->left > 0 ? words_sum(page, contract->left) : say(page, "Nothing: all is paid"));
    tree_close(page->tree);
    part_space(page, MM_G2);
}

static void what_is_due(Page *page, const StudyContract *contract)
{
    const char *next = contract->next.sum > 0
                           /* TRANSLATORS: {0} a sum, {1} a day */
                           ? fill(page, say(page, "Next: {0} until {1}"), words_sum(page, contract->next.sum),
                                  words_iso_date(page, contract->next.date))
                           : "";

    if (contract->overdue > 0)
        part_notice(
            page, ROLE_STATUS,
            (Notice){ "pay", COLOUR_WARN_TINT, COLOUR_WARN,
                      /* TRANSLATORS: {0} is a sum of money */
                      fill(page, say(page, "{0} should have been paid by now"), words_sum(page, contract->overdue)),
                      next });
    else if (next[0])
        part_note(page, "clock", next);
    else
        return;
    part_space(page, MM_G2);
}

static void payments(Page *page, const char *title, const char *id, const StudyPayment *rows, size_t count)
{
    const TableColumn columns[] = {
        /* TRANSLATORS: heads of the columns of a list of payments */
        { say(page, "Day"), 3.0F, false, false },
        { say(page, "Sum"), 3.0F, true, true },
    };
    const Table table = study_table(page, columns, COUNT(columns), PAYMENTS_MM);

    if (count == 0)
        return;
    study_card_open(page, title);
    table_open(page->tree, &table);
    for (size_t i = 0; i < count && i < PAYMENTS_MOST; i++) {
        const char *cells[] = { words_iso_date(page, rows[i].date), words_sum(page, rows[i].sum) };

        study_row(page, &table, tree_format(page->tree, "study.%s.%zu", id, i + 1), cells);
    }
    table_close(page->tree, &table);
    study_card_close(page);
}

/* --- scholarship -------------------------------------------------------------------------------------------------- */

static const char *scholarship_name(Page *page, const ApiStudy *study)
{
    const char *name = study_name(study, study->scholarship.name, page->language);

    if (name[0])
        return name;
    switch (study->scholarship.kind) {
    /* TRANSLATORS: kinds of scholarships */
    case SCHOLARSHIP_BASIC: return say(page, "Basic scholarship");
    case SCHOLARSHIP_INCREASED: return say(page, "Increased scholarship");
    case SCHOLARSHIP_NAMED: return say(page, "Named scholarship");
    case SCHOLARSHIP_SOCIAL: return say(page, "Social scholarship");
    case SCHOLARSHIP_OTHER:
    case SCHOLARSHIP_KIND_COUNT: break;
    }
    return say(page, "Scholarship");
}

static void scholarship(Page *page, const ApiStudy *study)
{
    const StudyScholarship *own = &study->scholarship;
    Style card = style_card(MM_G2);

    card.gap = MM_G;
    part_label(page, say(page, "Scholarship"));
    tree_open(page->tree, ROLE_GROUP, "study.scholarship", "", card);
    part_fact(page, "check", scholarship_name(page, study),
              /* TRANSLATORS: {0} is a sum of money, paid each month */
              fill(page, say(page, "{0} a month"), words_sum(page, own->monthly)));
    if (own->from[0] && own->to[0]) {
        part_line(page);
        part_fact(page, "clock", say(page, "For"), words_iso_dates(page, own->from, own->to));
    }
    if (own->order[0]) {
        part_line(page);
        /* TRANSLATORS: label of a fact: the order by which something was granted; below it number and day */
        part_fact(page, "doc", say(page, "Order"),
                  fill(page, say(page, "№ {0} of {1}"), own->order, words_iso_date(page, own->order_date)));
    }
    tree_close(page->tree);
    part_space(page, MM_G2);
}

void study_money(Page *page, const ApiStudy *study)
{
    if (!study->has_contract && !study->has_scholarship) {
        study_empty(page, say(page, "No contract and no scholarship"),
                    say(page, "Who studies on a contract finds its payments here, who has a scholarship its order."));
        return;
    }
    bool beside = study_columns_open(page);
    if (study->has_contract) {
        contract_facts(page, &study->contract);
        what_is_due(page, &study->contract);
    }
    if (study->has_scholarship)
        scholarship(page, study);
    study_columns_next(page, beside);
    payments(page, say(page, "Your payments"), "payment", study->payments, study->payment_count);
    payments(page, say(page, "Due by the contract"), "due", study->dues, study->due_count);
    if (study->has_scholarship)
        study_way(page, "scholarship-certificate", "doc");
    study_columns_close(page, beside);
}

/* --- orders ------------------------------------------------------------------------------------------------------- */

static const char *order_kind(Page *page, int kind)
{
    switch (kind) { /* HEMIS's decree_type */
    /* TRANSLATORS: the next ones say what an order about a student is about */
    case 11: return say(page, "Expulsion");
    case 12: return say(page, "Academic leave");
    case 13: return say(page, "Staying in the same year");
    case 14: return say(page, "Promotion to the next year");
    case 15: return say(page, "Reinstatement");
    case 16: return say(page, "Transfer");
    case 17: return say(page, "Graduation");
    case 18: return say(page, "Scholarship");
    case 19: return say(page, "Personal schedule");
    case 20: return say(page, "Thesis topic");
    case 21: return say(page, "Admission");
    default: return say(page, "An order");
    }
}

void study_orders(Page *page, const ApiStudy *study)
{
    const TableColumn columns[] = {
        /* TRANSLATORS: heads of the columns of a list of orders: what they say, number, day */
        { say(page, "What it says"), 6.0F, false, false },
        { say(page, "Number"), 2.0F, false, true },
        { say(page, "Day"), 4.2F, false, false },
    };
    const Table table = study_table(page, columns, COUNT(columns), ORDERS_MM);

    if (study->as_of_s[STUDY_ORDERS] == 0) {
        study_unknown(page);
        return;
    }
    if (study->order_count == 0) {
        study_empty(page, say(page, "No orders about you"),
                    say(page, "Orders on admission, promotion, leave and the like are here once they are signed."));
        return;
    }
    study_card_open(page, say(page, "Orders about you"));
    table_open(page->tree, &table);
    for (size_t i = 0; i < study->order_count; i++) {
        const StudyOrder *order = &study->orders[i];
        const char *name = study_name(study, order->name, page->language);
        const char *cells[] = { name[0] ? name : order_kind(page, order->kind), order->number,
                                words_iso_date(page, order->date) };

        study_row(page, &table, tree_format(page->tree, "study.order.%zu", i + 1), cells);
    }
    table_close(page->tree, &table);
    study_card_close(page);
}
