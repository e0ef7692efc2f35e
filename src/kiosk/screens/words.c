#include "kiosk/screens/words.h"

#define WORDS_BYTES_MOST 4096
#define VALUE_BYTES_MOST 256

const char *say(const Page *page, const char *id)
{
    return text_get(page->model->texts, page->language, id);
}

const char *say_in(const Page *page, const char *context, const char *id)
{
    return text_get_in(page->model->texts, page->language, context, id);
}

const char *say_n(const Page *page, const char *one, const char *many, int64_t n)
{
    return text_get_n(page->model->texts, page->language, one, many, n < 0 ? 0 : (uint64_t)n);
}

const char *fill_values(const Page *page, const char *pattern, const char *const *values, size_t count)
{
    OWNED_BUF buf;

    buf_init(&buf, WORDS_BYTES_MOST);
    text_fill(&buf, pattern, values, count);
    return tree_text(page->tree, buf_text(&buf));
}

/* What a value writes, in the arena. */
static const char *written(const Page *page, const Buf *buf)
{
    return tree_text(page->tree, buf_text(buf));
}

const char *words_number(const Page *page, int64_t number)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    number_write(&buf, number, page->language);
    return written(page, &buf);
}

const char *words_decimal(const Page *page, int64_t value, unsigned places)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    decimal_write(&buf, value, places, page->language);
    return written(page, &buf);
}

const char *words_percent(const Page *page, int64_t percent)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    percent_write(&buf, percent, 0, page->language);
    return written(page, &buf);
}

const char *words_sum(const Page *page, int64_t soum)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    sum_write(&buf, soum, page->language);
    return written(page, &buf);
}

const char *words_number_of(const Page *page, NumberOf what, int64_t number)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    number_write_of(&buf, what, number, page->language);
    return written(page, &buf);
}

const char *words_time(const Page *page, int64_t wall_ms)
{
    OWNED_BUF buf;
    DateTime at = date_time_at(wall_ms, page->model->utc_offset_minutes);

    buf_init(&buf, 16);
    time_write(&buf, at.hour, at.minute);
    return tree_text(page->tree, buf_text(&buf));
}

const char *words_day_near(const Page *page, int64_t wall_ms)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    date_write_near(&buf, date_time_at(wall_ms, page->model->utc_offset_minutes).date, model_today(page->model),
                    page->language);
    return written(page, &buf);
}

const char *words_moment_near(const Page *page, int64_t wall_ms)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    moment_write_near(&buf, date_time_at(wall_ms, page->model->utc_offset_minutes), model_today(page->model),
                      page->language);
    return written(page, &buf);
}

static const char *date_words(const Page *page, Date date, DateStyle style)
{
    OWNED_BUF buf;

    buf_init(&buf, 128);
    date_write(&buf, date, page->language, style);
    return tree_text(page->tree, buf_text(&buf));
}

const char *words_date(const Page *page, int64_t wall_ms, DateStyle style)
{
    return date_words(page, date_time_at(wall_ms, page->model->utc_offset_minutes).date, style);
}

const char *words_iso_date(const Page *page, const char *iso)
{
    Date date;

    return date_parse(str_from(iso), &date) ? date_words(page, date, DATE_WORDS) : iso;
}

const char *words_iso_dates(const Page *page, const char *from, const char *to)
{
    Date first, last;
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    if (!date_parse(str_from(from), &first) || !date_parse(str_from(to), &last) || date_compare(first, last) > 0)
        return tree_format(page->tree, "%s – %s", from, to);
    date_range_write(&buf, first, last, page->language);
    return written(page, &buf);
}

const char *words_hours(const Page *page, int from_minute, int to_minute)
{
    OWNED_BUF buf;

    buf_init(&buf, VALUE_BYTES_MOST);
    time_range_write(&buf, from_minute, to_minute, page->language);
    return written(page, &buf);
}

const char *words_digits(const Page *page, const char *digits)
{
    OWNED_BUF buf;

    buf_init(&buf, 64);
    for (size_t i = 0; digits[i]; i++) {
        if (i > 0 && i % 4 == 0)
            buf_add_byte(&buf, ' ');
        buf_add_byte(&buf, (uint8_t)digits[i]);
    }
    return tree_text(page->tree, buf_text(&buf));
}

/* Of the letters that our languages begin with: basic Latin, and Cyrillic with its own rows of small letters. */
static uint32_t capital_of(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0x0430 && c <= 0x044F))
        return c - 0x20;
    if (c >= 0x0450 && c <= 0x045F)
        return c - 0x50;
    return (c >= 0x0460 && c <= 0x04BF) && (c & 1) ? c - 1 : c;
}

const char *words_capital(const Page *page, const char *words)
{
    Str rest = str_from(words);
    char first[4];

    if (rest.len == 0)
        return words;
    size_t length = utf8_write(capital_of(utf8_next(&rest)), first);
    return tree_format(page->tree, "%.*s%s", (int)length, first, rest.ptr);
}

const char *words_local(const Page *page, const LocalText *text)
{
    return local_text(text, page->language);
}
