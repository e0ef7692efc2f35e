#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/language_forms.h"
#include "base/texts.h"

#define WRITTEN_MOST 96 /* bytes: twenty digits, their groups, point and sign */

/* U+2212 would be right in print; a hyphen is what everybody types and searches for. */
static void write_grouped(Buf *buf, bool negative, uint64_t whole, const LanguageForms *forms)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, whole);

    if (negative)
        buf_add_byte(buf, '-');
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buf_add_text(buf, forms->number_group);
        buf_add_byte(buf, (uint8_t)digits[i]);
    }
}

/* Also of INT64_MIN, whose size no int64_t holds. */
static uint64_t size_of(int64_t value)
{
    return value < 0 ? ~(uint64_t)value + 1 : (uint64_t)value;
}

void number_write(Buf *buf, int64_t number, Language language)
{
    write_grouped(buf, number < 0, size_of(number), language_forms(language));
}

void decimal_write(Buf *buf, int64_t value, unsigned places, Language language)
{
    const LanguageForms *forms = language_forms(language);
    uint64_t unit = 1;

    assert(places <= 9);
    for (unsigned i = 0; i < places; i++)
        unit *= 10;
    write_grouped(buf, value < 0, size_of(value) / unit, forms);
    if (places > 0) {
        buf_add_text(buf, forms->number_point);
        buf_add_format(buf, "%0*" PRIu64, (int)places, size_of(value) % unit);
    }
}

static void write_in(Buf *buf, const char *pattern, const Buf *number)
{
    text_fill(buf, pattern, (const char *const[]){ buf_text(number) }, 1);
}

void percent_write(Buf *buf, int64_t value, unsigned places, Language language)
{
    OWNED_BUF number;

    buf_init(&number, WRITTEN_MOST);
    decimal_write(&number, value, places, language);
    write_in(buf, language_forms(language)->number_percent, &number);
}

void sum_write(Buf *buf, int64_t soum, Language language)
{
    OWNED_BUF number;

    buf_init(&number, WRITTEN_MOST);
    number_write(&number, soum, language);
    write_in(buf, language_forms(language)->number_sum, &number);
}

void number_write_of(Buf *buf, NumberOf what, int64_t number, Language language)
{
    const LanguageForms *forms = language_forms(language);
    const char *const patterns[] = {
        [NUMBER_OF_YEAR_OF_STUDY] = forms->number_year_of_study,
        [NUMBER_OF_SEMESTER] = forms->number_semester,
        [NUMBER_OF_WINDOW] = forms->number_window,
        [NUMBER_OF_ORDER] = forms->number_order,
    };
    OWNED_BUF digits;

    buf_init(&digits, WRITTEN_MOST);
    buf_add_format(&digits, "%" PRId64, number); /* a name: 1250-son has no group */
    write_in(buf, patterns[what], &digits);
}
