#include "registrar/document/photo.h"

#include <string.h>

#include <cairo.h>

#include "base/memory.h"
#include "registrar/document/jpeg.h"
#include "registrar/document/png.h"

#define QUALITY     82
#define OUTPUT_STEP 16384

/* How a picture is to be turned: Exif's tag 0x0112, 1..8. */
typedef int Orientation;

/* --- by content --------------------------------------------------------------------------------------------------- */

static bool begins(Str file, Str with)
{
    return str_starts(file, with);
}

/* ISO base media: "ftyp" and a brand, of HEIF's family. */
static bool is_heic(Str file)
{
    static const char *const brands[] = { "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif" };

    if (file.len < 12 || memcmp(file.ptr + 4, "ftyp", 4) != 0)
        return false;
    for (size_t i = 0; i < COUNT(brands); i++)
        if (memcmp(file.ptr + 8, brands[i], 4) == 0)
            return true;
    return false;
}

static bool is_jpeg(Str file)
{
    return begins(file, STR("\xFF\xD8\xFF"));
}

static bool is_png(Str file)
{
    return begins(file, STR("\x89PNG\r\n\x1A\n"));
}

/* --- orientation -------------------------------------------------------------------------------------------------- */

typedef struct Exif {
    const uint8_t *bytes; /* from TIFF's head on */
    size_t size;
    bool little;
} Exif;

static unsigned exif_16(const Exif *exif, size_t at)
{
    if (at + 2 > exif->size)
        return 0;
    const uint8_t *b = exif->bytes + at;
    return exif->little ? b[0] | (unsigned)b[1] << 8 : (unsigned)b[0] << 8 | b[1];
}

static unsigned exif_32(const Exif *exif, size_t at)
{
    const unsigned first = exif_16(exif, at), second = exif_16(exif, at + 2);

    return exif->little ? first | second << 16 : first << 16 | second;
}

/* Of the first directory alone; 1 for all that says nothing, or nonsense. */
static Orientation exif_orientation(const uint8_t *data, size_t size)
{
    enum { HEAD = 6, ENTRY = 12, TAG = 0x0112 };

    if (size < HEAD + 8 || memcmp(data, "Exif\0\0", HEAD) != 0)
        return 1;
    const Exif exif = { data + HEAD, size - HEAD, data[HEAD] == 'I' };
    const size_t at = exif_32(&exif, 4);
    if (at > exif.size)
        return 1;
    const unsigned count = exif_16(&exif, at);
    for (unsigned i = 0; i < count && at + 2 + (i + 1) * (size_t)ENTRY <= exif.size; i++) {
        const size_t entry = at + 2 + i * (size_t)ENTRY;

        if (exif_16(&exif, entry) == TAG) {
            const unsigned value = exif_16(&exif, entry + 8);

            return value >= 1 && value <= 8 ? (Orientation)value : 1;
        }
    }
    return 1;
}

static Orientation orientation_of(const struct jpeg_decompress_struct *decoder)
{
    for (jpeg_saved_marker_ptr marker = decoder->marker_list; marker; marker = marker->next)
        if (marker->marker == JPEG_APP0 + 1)
            return exif_orientation(marker->data, marker->data_length);
    return 1;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

typedef struct Reading {
    cairo_surface_t *surface; /* owned */
    Orientation turned;
    PhotoFault fault;
} Reading;

static PhotoFault sides_fit(unsigned width, unsigned height, unsigned pixels_most)
{
    const unsigned longer = width > height ? width : height, shorter = width > height ? height : width;

    if (longer > PHOTO_SIDE_MOST || (uint64_t)width * height > pixels_most)
        return PHOTO_LARGE;
    /* A strip that is made as short as it is kept would be too narrow to be read, by photo_small too. */
    const unsigned kept = longer > PHOTO_SIDE_KEPT ? shorter * PHOTO_SIDE_KEPT / longer : shorter;
    return kept < PHOTO_SIDE_LEAST ? PHOTO_SMALL : PHOTO_FINE;
}

/* libjpeg leaves pixels out while it reads: a photograph of a hundred million never stands in memory. */
static void choose_scale(struct jpeg_decompress_struct *decoder, unsigned least)
{
    const unsigned longer = decoder->image_width > decoder->image_height ? decoder->image_width : decoder->image_height;

    decoder->scale_num = 1;
    decoder->scale_denom = 1;
    for (unsigned denominator = 8; denominator > 1; denominator /= 2)
        if (longer / denominator >= least) {
            decoder->scale_denom = denominator;
            break;
        }
}

static bool jpeg_begin(struct jpeg_decompress_struct *decoder, unsigned least, Reading *reading)
{
    jpeg_read_header(decoder, TRUE);
    reading->fault = sides_fit(decoder->image_width, decoder->image_height,
                               jpeg_has_multiple_scans(decoder) ? PHOTO_WHOLE_MOST : PHOTO_PIXELS_MOST);
    if (decoder->num_components != 1 && decoder->num_components != 3)
        reading->fault = PHOTO_BROKEN; /* for printers: no phone writes four colours */
    if (reading->fault != PHOTO_FINE)
        return false;
    reading->turned = orientation_of(decoder);
    choose_scale(decoder, least);
    decoder->out_color_space = JCS_EXT_BGRX; /* as Cairo has it on machines of this byte order */
    jpeg_start_decompress(decoder);
    return true;
}

/* False without memory; else the fault says what came of it. */
static bool jpeg_decode(struct jpeg_decompress_struct *decoder, JpegFault *fault, Str file, unsigned least,
                        Reading *reading)
{
    reading->fault = PHOTO_BROKEN;
    if (setjmp(fault->back))
        return true;
    jpeg_mem_src(decoder, (const unsigned char *)file.ptr, file.len);
    jpeg_save_markers(decoder, JPEG_APP0 + 1, 0xFFFF);
    if (!jpeg_begin(decoder, least, reading))
        return true;
    reading->fault = PHOTO_BROKEN;
    reading->surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)decoder->output_width, (int)decoder->output_height);
    if (cairo_surface_status(reading->surface) != CAIRO_STATUS_SUCCESS)
        return false;
    unsigned char *pixels = cairo_image_surface_get_data(reading->surface);
    const int stride = cairo_image_surface_get_stride(reading->surface);

    while (decoder->output_scanline < decoder->output_height) {
        JSAMPROW row = pixels + (size_t)decoder->output_scanline * (size_t)stride;

        jpeg_read_scanlines(decoder, &row, 1);
    }
    jpeg_finish_decompress(decoder);
    cairo_surface_mark_dirty(reading->surface);
    reading->fault = PHOTO_FINE;
    return true;
}

static bool jpeg_read(Str file, unsigned least, Reading *reading, Error *err)
{
    struct jpeg_decompress_struct decoder = { 0 };
    JpegFault fault;

    jpeg_fault_init(&fault);
    fault.forgives_surplus = true;
    decoder.err = &fault.base;
    jpeg_create_decompress(&decoder);
    jpeg_fault_watch(&fault, &decoder);
    const bool done = jpeg_decode(&decoder, &fault, file, least, reading);
    jpeg_destroy_decompress(&decoder);
    return done || error_set(err, ERR_MEMORY, "photograph");
}

static cairo_status_t read_some(void *arg, unsigned char *bytes, unsigned size)
{
    Str *rest = arg;

    if (size > rest->len)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, rest->ptr, size);
    *rest = (Str){ rest->ptr + size, rest->len - size };
    return CAIRO_STATUS_SUCCESS;
}

static unsigned big_endian(const char *bytes)
{
    const uint8_t *b = (const uint8_t *)bytes;

    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

/* Sides stand in the first chunk, before Cairo takes memory for them. */
static bool png_read(Str file, Reading *reading, Error *err)
{
    const unsigned width = file.len >= 24 ? big_endian(file.ptr + 16) : 0;
    const unsigned height = file.len >= 24 ? big_endian(file.ptr + 20) : 0;
    OWNED_BUF stripped;

    buf_init(&stripped, PHOTO_BYTES_MOST);
    reading->turned = 1;
    reading->fault = width > 0 && height > 0 ? sides_fit(width, height, PHOTO_WHOLE_MOST) : PHOTO_BROKEN;
    if (reading->fault != PHOTO_FINE)
        return true;
    png_strip(file, &stripped);
    if (!buf_ok(&stripped, err))
        return false;
    Str rest = buf_str(&stripped);
    reading->surface = cairo_image_surface_create_from_png_stream(read_some, &rest);
    const cairo_status_t status = cairo_surface_status(reading->surface);
    if (status == CAIRO_STATUS_NO_MEMORY)
        return error_set(err, ERR_MEMORY, "photograph");
    if (status != CAIRO_STATUS_SUCCESS)
        reading->fault = PHOTO_BROKEN;
    return true;
}

/* --- turning and scaling ------------------------------------------------------------------------------------------ */

static bool lies(Orientation turned)
{
    return turned >= 5;
}

/* From the file's pixels to those of a picture that stands upright, of these sides. */
static cairo_matrix_t upright(Orientation turned, double width, double height)
{
    cairo_matrix_t to;

    switch (turned) {
    case 2: cairo_matrix_init(&to, -1, 0, 0, 1, width, 0); break;
    case 3: cairo_matrix_init(&to, -1, 0, 0, -1, width, height); break;
    case 4: cairo_matrix_init(&to, 1, 0, 0, -1, 0, height); break;
    case 5: cairo_matrix_init(&to, 0, 1, 1, 0, 0, 0); break;
    case 6: cairo_matrix_init(&to, 0, 1, -1, 0, width, 0); break;
    case 7: cairo_matrix_init(&to, 0, -1, -1, 0, width, height); break;
    case 8: cairo_matrix_init(&to, 0, -1, 1, 0, 0, height); break;
    default: cairo_matrix_init_identity(&to); break;
    }
    return to;
}

/* On white, where a PNG lets something through.  NULL without memory. */
static cairo_surface_t *draw(const Reading *reading, double scale)
{
    const double width = cairo_image_surface_get_width(reading->surface) * scale;
    const double height = cairo_image_surface_get_height(reading->surface) * scale;
    const double wide = lies(reading->turned) ? height : width, high = lies(reading->turned) ? width : height;
    cairo_surface_t *made = cairo_image_surface_create(CAIRO_FORMAT_RGB24, wide < 1 ? 1 : (int)(wide + 0.5),
                                                       high < 1 ? 1 : (int)(high + 0.5));
    cairo_t *cairo = cairo_create(made);
    const cairo_matrix_t to = upright(reading->turned, wide, high);

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_transform(cairo, &to);
    cairo_scale(cairo, scale, scale);
    cairo_set_source_surface(cairo, reading->surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD); /* no pale edge of half a pixel */
    cairo_paint(cairo);
    const bool drawn = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cairo);
    if (drawn)
        return made;
    cairo_surface_destroy(made);
    return NULL;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

typedef struct Output {
    struct jpeg_destination_mgr base; /* first, so that libjpeg's pointer is ours */
    Buf *to;
    JOCTET step[OUTPUT_STEP];
} Output;

static void output_begin(j_compress_ptr encoder)
{
    Output *output = (Output *)encoder->dest;

    output->base.next_output_byte = output->step;
    output->base.free_in_buffer = sizeof output->step;
}

static boolean output_full(j_compress_ptr encoder)
{
    Output *output = (Output *)encoder->dest;

    buf_add(output->to, output->step, sizeof output->step);
    output_begin(encoder);
    return TRUE;
}

static void output_end(j_compress_ptr encoder)
{
    Output *output = (Output *)encoder->dest;

    buf_add(output->to, output->step, sizeof output->step - output->base.free_in_buffer);
}

static bool encode(struct jpeg_compress_struct *encoder, JpegFault *fault, cairo_surface_t *surface)
{
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);

    if (setjmp(fault->back))
        return false;
    encoder->image_width = (JDIMENSION)cairo_image_surface_get_width(surface);
    encoder->image_height = (JDIMENSION)cairo_image_surface_get_height(surface);
    encoder->input_components = 4;
    encoder->in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(encoder);
    jpeg_set_quality(encoder, QUALITY, TRUE);
    jpeg_start_compress(encoder, TRUE);
    while (encoder->next_scanline < encoder->image_height) {
        JSAMPROW row = (JSAMPROW)(uintptr_t)(pixels + (size_t)encoder->next_scanline * (size_t)stride);

        jpeg_write_scanlines(encoder, &row, 1);
    }
    jpeg_finish_compress(encoder);
    return true;
}

static bool jpeg_write(cairo_surface_t *surface, Buf *ret, Error *err)
{
    struct jpeg_compress_struct encoder = { 0 };
    Output *output = mem_new(1, sizeof *output);
    JpegFault fault;

    if (!output)
        return error_set(err, ERR_MEMORY, "photograph");
    output->base = (struct jpeg_destination_mgr){ .init_destination = output_begin,
                                                  .empty_output_buffer = output_full,
                                                  .term_destination = output_end };
    output->to = ret;
    jpeg_fault_init(&fault);
    encoder.err = &fault.base;
    jpeg_create_compress(&encoder);
    encoder.dest = &output->base;
    cairo_surface_flush(surface);
    const bool written = encode(&encoder, &fault, surface);
    jpeg_destroy_compress(&encoder);
    mem_free_wiped(output, sizeof *output);
    return (written || error_set(err, ERR_MEMORY, "JPEG: %.100s", fault.text)) && buf_ok(ret, err);
}

static cairo_status_t write_some(void *arg, const unsigned char *bytes, unsigned size)
{
    buf_add(arg, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

/* ----------------------------------------------------------------------------------------------------------------- */

static double scale_to(const Reading *reading, int side_most)
{
    const int width = cairo_image_surface_get_width(reading->surface);
    const int height = cairo_image_surface_get_height(reading->surface);
    const int longer = width > height ? width : height;

    return longer > side_most ? (double)side_most / longer : 1;
}

static bool keep(const Reading *reading, Buf *ret_jpeg, Error *err)
{
    cairo_surface_t *made = draw(reading, scale_to(reading, PHOTO_SIDE_KEPT));
    const bool done = made ? jpeg_write(made, ret_jpeg, err) : error_set(err, ERR_MEMORY, "photograph");

    if (made)
        cairo_surface_destroy(made);
    return done;
}

bool photo_clean(Str file, PhotoFault *ret_fault, Buf *ret_jpeg, Error *err)
{
    Reading reading = { .fault = PHOTO_OTHER };
    bool done = true;

    buf_clear(ret_jpeg);
    if (file.len == 0)
        reading.fault = PHOTO_EMPTY;
    else if (file.len > PHOTO_BYTES_MOST)
        reading.fault = PHOTO_LARGE;
    else if (is_jpeg(file))
        done = jpeg_read(file, PHOTO_SIDE_KEPT, &reading, err);
    else if (is_png(file))
        done = png_read(file, &reading, err);
    else if (is_heic(file))
        reading.fault = PHOTO_HEIC;
    else if (begins(file, STR("%PDF-")))
        reading.fault = PHOTO_PDF;
    if (done && reading.fault == PHOTO_FINE)
        done = keep(&reading, ret_jpeg, err);
    if (reading.surface)
        cairo_surface_destroy(reading.surface);
    *ret_fault = reading.fault;
    return done;
}

bool photo_small(Str jpeg, int width, Buf *ret_png, Error *err)
{
    Reading reading = { 0 };
    cairo_surface_t *made = NULL;
    bool done;

    buf_clear(ret_png);
    if (!jpeg_read(jpeg, (unsigned)width * 2, &reading, err))
        return false;
    if (reading.fault == PHOTO_FINE) {
        const int wide = cairo_image_surface_get_width(reading.surface);

        made = draw(&reading, wide > width ? (double)width / wide : 1);
    }
    done = made && cairo_surface_write_to_png_stream(made, write_some, ret_png) == CAIRO_STATUS_SUCCESS;
    if (made)
        cairo_surface_destroy(made);
    if (reading.surface)
        cairo_surface_destroy(reading.surface);
    return (done || error_set(err, ERR_FORMAT, "a photograph that is none any more")) && buf_ok(ret_png, err);
}
