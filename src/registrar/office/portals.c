#include "registrar/office/portals.h"

#include "registrar/office/inside.h"

typedef struct Listing {
    const char *from, *to;
    PortalHelpRow *rows;
    size_t count;
} Listing;

static bool list(StoreTransaction *transaction, void *arg, Error *err)
{
    Listing *listing = arg;

    return portal_helps_list(transaction, listing->from, listing->to, listing->rows, PORTALS_MOST, &listing->count,
                             err);
}

bool portals_helped(Office *office, const char *from, const char *to, bool *ret_days, PortalHelpRow rows[PORTALS_MOST],
                    size_t *ret_count, Error *err)
{
    const Date today = office_today(office);
    Date first = { .year = today.year, .month = 1, .day = 1 }, last = today;
    OWNED_BUF from_day, to_day;

    buf_init(&from_day, 16);
    buf_init(&to_day, 16);
    *ret_days = (!from[0] || date_parse(str_from(from), &first)) && (!to[0] || date_parse(str_from(to), &last)) &&
                date_compare(first, last) <= 0;
    *ret_count = 0;
    if (!*ret_days)
        return true;
    date_write(&from_day, first, LANGUAGE_FIRST, DATE_ISO);
    date_write(&to_day, last, LANGUAGE_FIRST, DATE_ISO);
    Listing listing = { buf_text(&from_day), buf_text(&to_day), rows, 0 };
    if (!store_read(office->store, list, &listing, err))
        return error_add(err, "help with portals");
    *ret_count = listing.count;
    return true;
}
