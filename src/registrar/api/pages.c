#include "registrar/api/pages.h"

#include <stdatomic.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/api/page_template.h"
#include "registrar/api/pages_inside.h"

#define TEXT_FILLED_MOST 4096
#define CONTRAST_AIM     7.0 /* LOOK: text at 7:1 */

static const char *const files[] = {
    [PAGE_CHECK] = "check.html",  [PAGE_HOME] = "home.html",   [PAGE_SORRY] = "sorry.html",
    [PAGE_PHONE] = "phone.html",  [PAGE_PHOTO] = "photo.html", [PAGE_TICKET] = "ticket.html",
    [PAGE_MY_CARD] = "card.html", [PAGE_GRANT] = "grant.html",
};
static_assert(COUNT(files) == PAGE_COUNT, "one file per page");

/* The grounds of page.css. */
static const Rgb grounds[] = { 0xf5f3ee, 0xffffff };

static Rgb readable(Rgb brand)
{
    return brand ? rgb_readable(rgb_to_oklch(brand), TOWARDS_BLACK, grounds, COUNT(grounds), CONTRAST_AIM) : 0;
}

/* Texts that no page names: code asks for them by what it has to say. */
static bool is_of_code(Str id)
{
    static const char *const parts[] = { "said.", "unit.", "stands.", "fact.", "say." };

    for (size_t i = 0; i < COUNT(parts); i++)
        if (str_starts(id, str_from(parts[i])))
            return true;
    return false;
}

const char *pages_text(const Pages *pages, Language language, const char *id)
{
    const char *text = is_of_code(str_from(id)) ? page_texts_get(&pages->texts, language, id) : "";

    return text[0] ? text : NULL;
}

static bool load(Pages *pages, const char *folder, Rgb brand, Error *err)
{
    if (!page_texts_load(folder, &pages->texts, err))
        return false;
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        if (!page_template_load(folder, files[i], readable(brand), &pages->texts, NULL, &pages->templates[i], err))
            return false;
    }
    if (!views_load(folder, readable(brand), pages, err))
        return false;
    for (size_t i = 0; i < pages->texts.count; i++) {
        if (!pages->texts.used[i] && !is_of_code(str_from(pages->texts.ids[i])))
            return error_set(err, ERR_FORMAT, "no page uses the text \"%s\"", pages->texts.ids[i]);
    }
    return true;
}

Pages *pages_load(const char *folder, Rgb brand, Error *err)
{
    OWNED(Pages) pages = mem_new(1, sizeof(*pages));

    if (!pages) {
        error_set(err, ERR_MEMORY, "pages");
        return NULL;
    }
    atomic_init(&pages->owners, 1);
    if (!load(pages, folder, brand, err)) {
        error_add(err, "pages");
        return NULL;
    }
    return steal(&pages);
}

Pages *pages_keep(Pages *pages)
{
    atomic_fetch_add(&pages->owners, 1);
    return pages;
}

void pages_drop(Pages *pages)
{
    if (!pages || atomic_fetch_sub(&pages->owners, 1) != 1)
        return;
    for (size_t i = 0; i < PAGE_COUNT; i++)
        page_template_fini(&pages->templates[i]);
    views_fini(pages);
    page_texts_fini(&pages->texts);
    mem_free(pages);
}

void page_write_escaped(Buf *buf, Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '&': buf_add_text(buf, "&amp;"); break;
        case '<': buf_add_text(buf, "&lt;"); break;
        case '>': buf_add_text(buf, "&gt;"); break;
        case '"': buf_add_text(buf, "&quot;"); break;
        case '\'': buf_add_text(buf, "&#39;"); break;
        default: buf_add_byte(buf, (uint8_t)s.ptr[i]);
        }
    }
}

static bool is_there(const PageValues *values, PageSlot slot)
{
    return values->of[slot] && values->of[slot][0];
}

static void write_text(const char *pattern, const Piece *piece, const PageValues *values, Buf *ret)
{
    const char *filling[TEXT_VALUES_MOST];
    OWNED_BUF text;

    for (size_t i = 0; i < piece->value_count; i++)
        filling[i] = is_there(values, piece->values[i]) ? values->of[piece->values[i]] : "";
    buf_init(&text, TEXT_FILLED_MOST);
    text_fill(&text, pattern, filling, piece->value_count);
    if (text.failed)
        ret->failed = true;
    page_write_escaped(ret, buf_str(&text));
}

const Language *pages_languages(const Pages *pages, size_t *ret_count)
{
    *ret_count = pages->texts.language_count;
    return pages->texts.languages;
}

typedef struct Writing {
    const PageTexts *texts;
    const PageTemplate *template;
    Language language;
    Buf *ret;
} Writing;

static void write_pieces(const Writing *writing, size_t from, size_t to, const PageValues *values);

static void write_each(const Writing *writing, size_t from, size_t to, const PageValues *values)
{
    PageValues with = *values;

    for (size_t i = 0; i < writing->texts->language_count; i++) {
        Language language = writing->texts->languages[i];

        with.of[SLOT_EACH_TAG] = language_tag(language);
        with.of[SLOT_EACH_NAME] = language_own_name(language);
        with.of[SLOT_EACH_SHORT] = language_short_name(language);
        with.of[SLOT_EACH_OWN] = language == writing->language ? "yes" : NULL;
        write_pieces(writing, from, to, &with);
    }
}

static void write_pieces(const Writing *writing, size_t from, size_t to, const PageValues *values)
{
    for (size_t i = from; i < to; i++) {
        const Piece *piece = &writing->template->pieces[i];

        switch (piece->kind) {
        case PIECE_WORDS: buf_add_str(writing->ret, piece->words); break;
        case PIECE_VALUE: page_write_escaped(writing->ret, str_from(values->of[piece->slot])); break;
        case PIECE_TEXT:
            write_text(writing->texts->texts[writing->language][piece->text], piece, values, writing->ret);
            break;
        case PIECE_WHEN:
        case PIECE_UNLESS:
            if (is_there(values, piece->slot) != (piece->kind == PIECE_WHEN))
                i = piece->end - 1;
            break;
        case PIECE_EACH:
            write_each(writing, i + 1, piece->end, values);
            i = piece->end - 1;
            break;
        }
    }
}

bool page_write(const Pages *pages, PageName name, Language language, const PageValues *values, Buf *ret, Error *err)
{
    const Writing writing = { &pages->texts, &pages->templates[name], language, ret };

    write_pieces(&writing, 0, writing.template->count, values);
    return buf_ok(ret, err);
}

const char *page_policy(const Pages *pages, PageName name)
{
    return pages->templates[name].policy;
}
