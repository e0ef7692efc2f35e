/* Of a ticket for the windows: what its slip says. */
#include <string.h>

#include "base/number.h"
#include "registrar/office/fields_inside.h"

static void write_text(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldTicket *ticket = making->from->ticket;

    if (ticket)
        buf_add_text(value, !strcmp(field->path, "number") ? ticket->number : ticket->window_place);
}

static void write_topic(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    if (making->from->ticket)
        buf_add_text(value, local_text(making->from->ticket->topic, making->language));
}

/* "bugun, 14:30" would be wrong tomorrow: the day in words, with the hour. */
static void write_taken(const FieldMaking *making, const FieldRow *field UNUSED, Buf *value)
{
    const FieldTicket *ticket = making->from->ticket;

    if (!ticket)
        return;
    const DateTime at =
        date_time_at(ticket->taken_at_s * 1000, institution_utc_offset_minutes(making->from->institution));
    date_write(value, at.date, making->language, DATE_WORDS);
    buf_add_text(value, ", ");
    time_write(value, at.hour, at.minute);
}

static void write_count(const FieldMaking *making, const FieldRow *field, Buf *value)
{
    const FieldTicket *ticket = making->from->ticket;
    const int count = !ticket                          ? -1
                      : !strcmp(field->path, "ahead")  ? ticket->ahead
                      : !strcmp(field->path, "window") ? ticket->window
                                                       : ticket->minutes;

    if (count > 0 || (count == 0 && !strcmp(field->path, "ahead")))
        number_write(value, count, making->language);
}

static const FieldRow rows[] = {
    FIELD("ticket.number", PART_NONE, write_text, "number", .due = DUE_ASKING),
    FIELD("ticket.topic", PART_NONE, write_topic, "", .due = DUE_ASKING),
    FIELD("ticket.taken", PART_NONE, write_taken, "", .due = DUE_ASKING),
    FIELD("ticket.ahead", PART_NONE, write_count, "ahead", .due = DUE_ASKING),
    FIELD("ticket.wait", PART_NONE, write_count, "minutes", .due = DUE_ASKING),
    FIELD("ticket.window", PART_NONE, write_count, "window", .due = DUE_ASKING),
    FIELD("ticket.window_place", PART_NONE, write_text, "window_place", .due = DUE_ASKING),
};

const FieldGroup fields_of_ticket = { rows, COUNT(rows) };
