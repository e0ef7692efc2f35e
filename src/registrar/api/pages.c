#include "registrar/api/pages.h"

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/api/page_template.h"

#define TEXT_FILLED_MOST 4096

const Language page_languages[] = { LANGUAGE_UZ, LANGUAGE_RU, LANGUAGE_EN };
const size_t page_language_count = COUNT(page_languages);

static const char *const files[] = {
    [PAGE_CHECK] = "check.html",
    [PAGE_HOME] = "home.html",
    [PAGE_SORRY] = "sorry.html",
};
static_assert(COUNT(files) == PAGE_COUNT, "one file per page");

struct Pages {
    PageTexts texts;
    PageTemplate templates[PAGE_COUNT];
};

static bool load(Pages *pages, const char *folder, Error *err)
{
    if (!page_texts_load(folder, page_languages, page_language_count, &pages->texts, err))
        return false;
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        if (!page_template_load(folder, files[i], &pages->texts, &pages->templates[i], err))
            return false;
    }
    for (size_t i = 0; i < pages->texts.count; i++) {
        if (!pages->texts.used[i])
            return error_set(err, ERR_FORMAT, "no page uses the text \"%s\"", pages->texts.ids[i]);
    }
    return true;
}

Pages *pages_load(const char *folder, Error *err)
{
    OWNED(Pages) pages = mem_new(1, sizeof(*pages));

    if (!pages) {
        error_set(err, ERR_MEMORY, "pages");
        return NULL;
    }
    if (!load(pages, folder, err)) {
        error_add(err, "pages");
        return NULL;
    }
    return steal(&pages);
}

void pages_free(Pages *pages)
{
    if (!pages)
        return;
    for (size_t i = 0; i < PAGE_COUNT; i++)
        page_template_fini(&pages->templates[i]);
    page_texts_fini(&pages->texts);
    mem_free(pages);
}

static void write_escaped(Buf *buf, Str s)
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
    write_escaped(ret, buf_str(&text));
}

bool page_write(const Pages *pages, PageName name, Language language, const PageValues *values, Buf *ret, Error *err)
{
    const PageTemplate *template = &pages->templates[name];

    for (size_t i = 0; i < template->count; i++) {
        const Piece *piece = &template->pieces[i];

        switch (piece->kind) {
        case PIECE_WORDS: buf_add_str(ret, piece->words); break;
        case PIECE_VALUE: write_escaped(ret, str_from(values->of[piece->slot])); break;
        case PIECE_TEXT: write_text(pages->texts.texts[language][piece->text], piece, values, ret); break;
        case PIECE_WHEN:
        case PIECE_UNLESS:
            if (is_there(values, piece->slot) != (piece->kind == PIECE_WHEN))
                i = piece->end - 1;
            break;
        }
    }
    return buf_ok(ret, err);
}

const char *page_policy(const Pages *pages, PageName name)
{
    return pages->templates[name].policy;
}
