#include <string.h>

#include "registrar/connect/hemis/parts.h"
#include "wire/json.h"

static const Field contract_fields[] = {
    { "number", "contractNumber", FIELD_TEXT, 0, 60, true },
    { "date", "contractDate", FIELD_DAY, 0, 0, false },
    { "academic_year", "eduYear|_education_year|year", FIELD_YEAR, 0, 0, false },
    { "sum", "eduContractSum", FIELD_SUM, 0, 0, true },
    { "paid", "paidCreditAmount|credit", FIELD_SUM, 0, 0, false },
};

static const Field order_fields[] = {
    { "number", "number", FIELD_TEXT, 0, 60, true },
    { "date", "date", FIELD_DAY, 0, 0, true },
    { "kind", "decreeType", FIELD_CODE, 0, 0, false },
    { "names", "name", FIELD_NAMES, 0, 0, false },
};

/* Of what is left, where it is not said what was paid: HEMIS's servers spell it both ways (S4). */
static bool add_paid(const json_t *contract, json_t *part)
{
    int64_t left, sum = json_integer_value(json_object_get(part, "sum"));

    if (json_object_get(part, "paid") ||
        !fields_number(fields_find(contract, "unPaidCreditAmount|debit|debet"), 0, &left))
        return true;
    return left < 0 || left > sum || json_object_set_new(part, "paid", json_integer(sum - left)) == 0;
}

json_t *part_contract(Reading *reading, const json_t *contract, Error *err)
{
    OWNED(json_t) part = json_object();

    if (part && fields_read(reading, contract_fields, COUNT(contract_fields), contract, part) &&
        add_paid(contract, part))
        return steal(&part);
    error_set(err, !part || reading->no_memory ? ERR_MEMORY : ERR_PROTOCOL, "a contract without number or sum");
    return NULL;
}

json_t *part_orders(Reading *reading, const json_t *decrees, Error *err)
{
    if (!json_is_array(decrees) && !json_is_array(words_member(decrees, "items"))) {
        error_set(err, ERR_PROTOCOL, "HEMIS's orders are no list");
        return NULL;
    }
    json_t *list = fields_read_list(reading, order_fields, COUNT(order_fields), decrees);
    if (!list)
        error_set(err, ERR_MEMORY, "orders");
    return list;
}
