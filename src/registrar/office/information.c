#include "registrar/office/information.h"

#include <string.h>

#include "registrar/office/inside.h"
#include "registrar/office/offers.h"
#include "registrar/office/shelf_keeper.h"
#include "registrar/office/working_time.h"

#define HOURS_BYTES_MOST (16u << 10)
#define ADDRESS_SIZE     400

static_assert(OFFICE_SPANS_MOST >= CALENDAR_HOURS_MOST && OFFICE_CLOSED_MOST >= CALENDAR_HOLIDAYS_MOST &&
                  OFFICE_MOVED_MOST >= CALENDAR_MOVED_MOST,
              "what the calendar holds can be told");

/* Lines of an address as one. */
static void join_lines(const char *text, char line[ADDRESS_SIZE])
{
    str_copy_cut(str_from(text), line, ADDRESS_SIZE);
    for (char *c = line; (c = strchr(c, '\n'));)
        *c = ' ';
}

static const char *said(const char *text)
{
    return text[0] ? text : NULL;
}

static bool write_hours(const Institution *institution, Buf *ret, Error *err)
{
    const Calendar *calendar = institution_calendar(institution);
    const LocalText *address = institution_text(institution, "address");
    char lines[LANGUAGE_COUNT][ADDRESS_SIZE];
    OfficeSpan spans[CALENDAR_HOURS_MOST];
    OfficeMoved moved[CALENDAR_MOVED_MOST];
    OfficeHours hours = { .span_count = calendar->hours_count,
                          .closed_count = calendar->holiday_count,
                          .moved_count = calendar->moved_count,
                          .spans = spans,
                          .closed = calendar->holidays,
                          .moved = moved,
                          .phone = said(institution_phone(institution)),
                          .email = said(institution_email(institution)) };

    for (size_t i = 0; i < calendar->hours_count; i++)
        spans[i] = (OfficeSpan){ calendar->hours[i].weekday, calendar->hours[i].from, calendar->hours[i].to };
    for (size_t i = 0; i < calendar->moved_count; i++)
        moved[i] = (OfficeMoved){ calendar->moved[i].day, calendar->moved[i].weekday };
    for (Language l = 0; l < LANGUAGE_COUNT; l++)
        if (address->in[l]) {
            join_lines(address->in[l], lines[l]);
            hours.address.in[l] = lines[l];
        }
    return office_hours_write(&hours, ret, err);
}

bool office_information(Office *office, Buf *ret, char ret_version[INFORMATION_VERSION_SIZE], Error *err)
{
    OWNED(Shelf) shelf = office_shelf(office, err);
    OWNED_BUF hours;

    buf_init(&hours, HOURS_BYTES_MOST);
    return (shelf && working_time_follow(office, err) && write_hours(office->institution, &hours, err) &&
            information_version_told(shelf_information(shelf), buf_str(&hours), ret_version, err) &&
            information_tell(shelf_information(shelf), buf_str(&hours), ret, err)) ||
           error_add(err, "information");
}

bool office_information_version(Office *office, char ret[INFORMATION_VERSION_SIZE], Error *err)
{
    OWNED(Shelf) shelf = shelf_take(office);
    OWNED_BUF hours;

    buf_init(&hours, HOURS_BYTES_MOST);
    return (write_hours(office->institution, &hours, err) &&
            information_version_told(shelf_information(shelf), buf_str(&hours), ret, err)) ||
           error_add(err, "information");
}
