/* Fields of money and housing: contract, scholarship, dormitory.  Sums are whole soʻm. */
#include "base/number.h"
#include "base/sum_words.h"
#include "registrar/office/fields_inside.h"

bool contract_sums(const json_t *contract, int64_t *ret_asked, int64_t *ret_paid)
{
    return json_whole(json_object_get(contract, "sum"), ret_asked) &&
           json_whole(json_object_get(contract, "paid"), ret_paid) && *ret_asked >= 0 && *ret_paid >= 0;
}

static void write_due(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    int64_t asked, paid;

    if (contract_sums(making->part, &asked, &paid))
        number_write(value, paid < asked ? asked - paid : 0, making->language);
}

/* More than nothing, or no value at all: few papers have them, and none says "0". */
static void write_above_zero(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t sum;

    if (json_whole(field_json(making, field), &sum) && sum > 0)
        number_write(value, sum, making->language);
}

static void write_overpaid(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    int64_t asked, paid;

    if (contract_sums(making->part, &asked, &paid) && paid > asked)
        number_write(value, paid - asked, making->language);
}

/* Whole per cent, rounded down: nobody is told that all is paid before it is. */
static void write_percent(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    int64_t asked, paid;

    if (contract_sums(making->part, &asked, &paid) && asked > 0)
        percent_write(value, paid >= asked ? 100 : paid * 100 / asked, 0, making->language);
}

static void write_in_words(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    int64_t sum;

    if (json_whole(field_json(making, field), &sum))
        sum_words_write(value, sum, making->language);
}

/* A named scholarship has a name of its own. */
static void write_scholarship(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    field_names(making, field, value);
    if (value->len == 0)
        field_word(making, &(FieldRow){ .path = "kind", .words = WORDS_SCHOLARSHIP }, value);
}

static const FieldRow rows[] = {
    FIELD("contract.number", PART_CONTRACT, field_plain, "number"),
    FIELD("contract.date", PART_CONTRACT, field_date, "date"),
    FIELD("contract.academic_year", PART_CONTRACT, field_plain, "academic_year"),
    FIELD("contract.kind", PART_CONTRACT, field_word, "kind", .words = WORDS_CONTRACT),
    FIELD("contract.sum", PART_CONTRACT, field_number, "sum"),
    FIELD("contract.sum_words", PART_CONTRACT, write_in_words, "sum"),
    FIELD("contract.discount", PART_CONTRACT, write_above_zero, "discount"),
    FIELD("contract.paid", PART_CONTRACT, field_number, "paid"),
    FIELD("contract.paid_percent", PART_CONTRACT, write_percent, ""),
    FIELD("contract.due", PART_CONTRACT, write_due, ""),
    FIELD("contract.overpaid", PART_CONTRACT, write_overpaid, ""),
    LIST("contract.payments", PART_CONTRACT, field_records, "payments", .order = { "date" }),
    FIELD("contract.payments.n", PART_CONTRACT, field_n, ""),
    FIELD("contract.payments.date", PART_CONTRACT, field_short, "date"),
    FIELD("contract.payments.sum", PART_CONTRACT, field_number, "sum"),
    FIELD("contract.payments.reference", PART_CONTRACT, field_plain, "reference"),
    LIST("contract.dues", PART_CONTRACT, field_records, "due", .order = { "date" }),
    FIELD("contract.dues.n", PART_CONTRACT, field_n, ""),
    FIELD("contract.dues.date", PART_CONTRACT, field_short, "date"),
    FIELD("contract.dues.sum", PART_CONTRACT, field_number, "sum"),

    FIELD("scholarship.name", PART_SCHOLARSHIP, write_scholarship, "names"),
    FIELD("scholarship.monthly", PART_SCHOLARSHIP, field_number, "monthly"),
    FIELD("scholarship.monthly_words", PART_SCHOLARSHIP, write_in_words, "monthly"),
    FIELD("scholarship.from", PART_SCHOLARSHIP, field_date, "from"),
    FIELD("scholarship.to", PART_SCHOLARSHIP, field_date, "to"),
    FIELD("scholarship.order", PART_SCHOLARSHIP, field_plain, "order.number"),
    FIELD("scholarship.order_date", PART_SCHOLARSHIP, field_date, "order.date"),

    FIELD("dormitory.building", PART_DORMITORY, field_names, "building"),
    FIELD("dormitory.number", PART_DORMITORY, field_plain, "number"),
    FIELD("dormitory.address", PART_DORMITORY, field_names, "address"),
    FIELD("dormitory.room", PART_DORMITORY, field_plain, "room"),
    FIELD("dormitory.place", PART_DORMITORY, field_plain, "place"),
    FIELD("dormitory.from", PART_DORMITORY, field_date, "from"),
    FIELD("dormitory.to", PART_DORMITORY, field_date, "to"),
    FIELD("dormitory.order", PART_DORMITORY, field_plain, "order.number"),
    FIELD("dormitory.order_date", PART_DORMITORY, field_date, "order.date"),
    FIELD("dormitory.fee_month", PART_DORMITORY, field_number, "fee_month"),
    FIELD("dormitory.paid_until", PART_DORMITORY, field_date, "paid_until"),
};

const FieldGroup fields_of_money = { rows, COUNT(rows) };
