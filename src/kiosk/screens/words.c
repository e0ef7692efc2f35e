#include "kiosk/screens/words.h"

#include <stdio.h>

#define WORDS_BYTES_MOST 4096

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

const char *words_number(const Page *page, int64_t number)
{
    OWNED_BUF buf;
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)number);

    buf_init(&buf, 64);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            buf_add_char(&buf, 0xA0);
        buf_add_byte(&buf, (uint8_t)digits[i]);
    }
    return tree_text(page->tree, buf_text(&buf));
}

const char *words_time(const Page *page, int64_t wall_ms)
{
    OWNED_BUF buf;
    DateTime at = date_time_at(wall_ms, page->model->utc_offset_minutes);

    buf_init(&buf, 16);
    time_write(&buf, at.hour, at.minute);
    return tree_text(page->tree, buf_text(&buf));
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

const char *words_local(const Page *page, const LocalText *text)
{
    return local_text(text, page->language);
}
