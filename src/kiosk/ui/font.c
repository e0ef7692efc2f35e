#include "kiosk/ui/font.h"

#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <harfbuzz/hb-ot.h>
#include <harfbuzz/hb.h>

#include "base/file.h"
#include "base/memory.h"

enum { FACE_REGULAR, FACE_MEDIUM, FACE_SEMIBOLD, FACE_BOLD, FACE_OTHER_REGULAR, FACE_OTHER_BOLD, FACE_COUNT };

static const char *const file_names[] = {
    [FACE_REGULAR] = "Inter-Regular.otf",          [FACE_MEDIUM] = "Inter-Medium.otf",
    [FACE_SEMIBOLD] = "Inter-SemiBold.otf",        [FACE_BOLD] = "Inter-Bold.otf",
    [FACE_OTHER_REGULAR] = "NotoSans-Regular.ttf", [FACE_OTHER_BOLD] = "NotoSans-Bold.ttf",
};
static_assert(COUNT(file_names) == FACE_COUNT, "one file per face");

typedef struct Face {
    hb_blob_t *blob; /* the file, mapped; both libraries read it */
    hb_font_t *shaper;
    FT_Face outlines;
    int32_t size; /* what both are set to, 1/64 px */
} Face;

struct Fonts {
    FT_Library library;
    hb_buffer_t *buffer;
    hb_language_t languages[LANGUAGE_COUNT];
    Face faces[FACE_COUNT];
};

static bool face_open(Fonts *fonts, Face *face, const char *folder, const char *name, Error *err)
{
    char path[512];
    hb_face_t *tables;
    unsigned size;
    const char *bytes;

    if (!path_join(path, sizeof(path), folder, name, err))
        return false;
    face->blob = hb_blob_create_from_file_or_fail(path);
    if (!face->blob)
        return error_set(err, ERR_NOT_FOUND, "%s", path);
    bytes = hb_blob_get_data(face->blob, &size);
    if (FT_New_Memory_Face(fonts->library, (const FT_Byte *)bytes, (FT_Long)size, 0, &face->outlines) != 0)
        return error_set(err, ERR_FORMAT, "%s: no font", path);
    tables = hb_face_create(face->blob, 0);
    face->shaper = hb_font_create(tables);
    hb_face_destroy(tables);
    return true;
}

Fonts *fonts_new(const char *folder, Error *err)
{
    OWNED(Fonts) fonts = mem_new(1, sizeof(*fonts));

    if (!fonts || FT_Init_FreeType(&fonts->library) != 0) {
        error_set(err, ERR_MEMORY, "fonts");
        return NULL;
    }
    fonts->buffer = hb_buffer_create();
    for (Language i = 0; i < LANGUAGE_COUNT; i++)
        fonts->languages[i] = hb_language_from_string(language_tag(i), -1);
    for (size_t i = 0; i < FACE_COUNT; i++)
        if (!face_open(fonts, &fonts->faces[i], folder, file_names[i], err)) {
            error_add(err, "fonts");
            return NULL;
        }
    return steal(&fonts);
}

void fonts_free(Fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < FACE_COUNT; i++) {
        hb_font_destroy(fonts->faces[i].shaper);
        if (fonts->faces[i].outlines)
            FT_Done_Face(fonts->faces[i].outlines);
        hb_blob_destroy(fonts->faces[i].blob);
    }
    hb_buffer_destroy(fonts->buffer);
    if (fonts->library)
        FT_Done_FreeType(fonts->library);
    mem_free(fonts);
}

void fonts_forget(Fonts *fonts)
{
    /* FreeType keeps the outline of the last glyph of each face: let it be a blank. */
    for (size_t i = 0; i < FACE_COUNT; i++)
        (void)FT_Load_Char(fonts->faces[i].outlines, ' ', FT_LOAD_NO_BITMAP);
}

static Face *face_sized(Fonts *fonts, unsigned index, int32_t size)
{
    Face *face = &fonts->faces[index];

    if (face->size != size) {
        (void)FT_Set_Char_Size(face->outlines, 0, size, 72, 72);
        hb_font_set_scale(face->shaper, size, size);
        face->size = size;
    }
    return face;
}

static unsigned first_choice(const TextLook *look)
{
    return FACE_REGULAR + (unsigned)look->weight - WEIGHT_REGULAR;
}

static unsigned second_choice(const TextLook *look)
{
    return look->weight >= WEIGHT_SEMIBOLD ? FACE_OTHER_BOLD : FACE_OTHER_REGULAR;
}

/* Marks that belong to the letter before them stay in its run. */
static bool joins(uint32_t c)
{
    return (c >= 0x0300 && c <= 0x036f) || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f);
}

/* The face that has c; what neither has is shown as Inter's empty box. */
static unsigned face_for(const Fonts *fonts, const TextLook *look, uint32_t c)
{
    unsigned first = first_choice(look), second = second_choice(look);

    if (FT_Get_Char_Index(fonts->faces[first].outlines, c) != 0)
        return first;
    return FT_Get_Char_Index(fonts->faces[second].outlines, c) != 0 ? second : first;
}

/* Bytes from the start of text that one face sets. */
static size_t run_length(const Fonts *fonts, const TextLook *look, Str text, unsigned *ret_face)
{
    Str rest = text;
    size_t length = 0;
    unsigned face = face_for(fonts, look, utf8_next(&rest));

    for (length = text.len - rest.len; rest.len > 0; length = text.len - rest.len) {
        uint32_t c = utf8_next(&rest);
        if (c != ' ' && !joins(c) && face_for(fonts, look, c) != face)
            break;
    }
    *ret_face = face;
    return length;
}

/* Shapes bytes start..start+length of line; returns the glyphs written and moves *pen. */
static size_t shape_run(Fonts *fonts, const TextLook *look, unsigned face, Str line, size_t start, size_t length,
                        Glyph *glyphs, size_t most, int32_t *pen)
{
    hb_feature_t tabular = { HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END };
    hb_buffer_t *buffer = fonts->buffer;
    hb_glyph_info_t *infos;
    hb_glyph_position_t *positions;
    unsigned count, written = 0;

    hb_buffer_add_utf8(buffer, line.ptr, (int)line.len, (unsigned)start, (int)length);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, fonts->languages[look->language]);
    hb_shape(face_sized(fonts, face, look->size)->shaper, buffer, &tabular, look->tabular ? 1 : 0);
    infos = hb_buffer_get_glyph_infos(buffer, &count);
    positions = hb_buffer_get_glyph_positions(buffer, &count);
    for (; written < count && written < most; written++) {
        hb_glyph_position_t at = positions[written];
        bool last = written + 1 == count || infos[written + 1].cluster != infos[written].cluster;
        int32_t advance = at.x_advance + (last ? look->tracking : 0);
        glyphs[written] = (Glyph){ .id = (uint16_t)infos[written].codepoint,
                                   .face = (uint8_t)face,
                                   .cluster = infos[written].cluster,
                                   .x = *pen + at.x_offset,
                                   .y = -at.y_offset,
                                   .advance = advance };
        *pen += advance;
    }
    mem_wipe(infos, count * sizeof(*infos));
    mem_wipe(positions, count * sizeof(*positions));
    hb_buffer_clear_contents(buffer);
    return written;
}

size_t fonts_shape(Fonts *fonts, const TextLook *look, Str line, Glyph *glyphs, size_t most)
{
    size_t start = 0, count = 0;
    int32_t pen = 0;

    while (start < line.len && count < most) {
        unsigned face;
        size_t length = run_length(fonts, look, (Str){ line.ptr + start, line.len - start }, &face);
        count += shape_run(fonts, look, face, line, start, length, glyphs + count, most - count, &pen);
        start += length;
    }
    return count;
}

bool fonts_draw(Fonts *fonts, const TextLook *look, const Glyph *glyph, GlyphMask *ret)
{
    Face *face = face_sized(fonts, glyph->face, look->size);
    FT_GlyphSlot slot = face->outlines->glyph;
    int32_t x = glyph->x, part = x & 63;

    /* Light hinting moves outlines up and down only: stems stay where the part of a pixel puts them. */
    if (FT_Load_Glyph(face->outlines, glyph->id, FT_LOAD_NO_BITMAP | FT_LOAD_TARGET_LIGHT) != 0 ||
        slot->format != FT_GLYPH_FORMAT_OUTLINE)
        return false;
    FT_Outline_Translate(&slot->outline, part, 0);
    if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0 || slot->bitmap.width == 0)
        return false;
    *ret = (GlyphMask){ .rows = slot->bitmap.buffer,
                        .stride = slot->bitmap.pitch,
                        .width = (int)slot->bitmap.width,
                        .height = (int)slot->bitmap.rows,
                        .left = (x - part) / 64 + slot->bitmap_left,
                        .top = glyph->y / 64 - slot->bitmap_top };
    return true;
}
