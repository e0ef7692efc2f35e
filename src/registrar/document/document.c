#include "registrar/document/document.h"

#include <cairo-pdf.h>
#include <stdio.h>

#include "base/date.h"
#include "base/memory.h"
#include "registrar/document/sheet.h"

#define PDF_BYTES_MOST (16u << 20)
#define PNG_BYTES_MOST (16u << 20)

static bool facts_of(const Sheets *sheets, DocumentFacts *ret, Error *err)
{
    ret->pages = sheets->pages;
    ret->fits = sheets->fits;
    return sheets_text_hash(sheets, ret->text_hash, err);
}

struct Document {
    DocumentInput input;
    Sheets sheets;
};

Document *document_lay_out(const DocumentInput *input, DocumentFacts *ret, Error *err)
{
    OWNED(Document) document = mem_new(1, sizeof *document);
    DocumentFacts facts;

    if (!document) {
        error_set(err, ERR_MEMORY, "document");
        return NULL;
    }
    document->input = *input;
    if (!sheets_lay_out(input, &document->sheets, err) || !facts_of(&document->sheets, &facts, err))
        return NULL;
    *ret = facts;
    return steal(&document);
}

void document_free(Document *document)
{
    if (document)
        sheets_fini(&document->sheets);
    mem_free(document);
}

bool document_measure(const DocumentInput *input, DocumentFacts *ret, Error *err)
{
    OWNED(Document) document = document_lay_out(input, ret, err);

    return document != NULL;
}

static cairo_status_t write_buf(void *arg, const unsigned char *bytes, unsigned size)
{
    Buf *buf = arg;

    buf_add(buf, bytes, size);
    return buf->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Kind and number, no name: a file's properties are shown by every file list. */
static void write_properties(cairo_surface_t *surface, const DocumentInput *input)
{
    const char *title = template_title(input->template, input->language);
    const DateTime at = date_time_at(input->created_s * 1000, 0);
    char text[200];

    snprintf(text, sizeof text, "%.120s%s%.30s", title, input->number ? " " : "", input->number ? input->number : "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, text);
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.date.year, at.date.month, at.date.day, at.hour,
             at.minute, at.second);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, text);
}

static bool draw_pdf(const DocumentInput *input, const Sheets *sheets, Buf *pdf, Error *err)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(write_buf, pdf, sheets_width(sheets), sheets_height(sheets));
    cairo_t *cairo = cairo_create(surface);
    cairo_status_t status;
    bool drawn = true;

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    write_properties(surface, input);
    for (int page = 0; page < sheets->pages && drawn; page++) {
        sheets_draw(sheets, page, input->qr, cairo);
        drawn = !input->watermark || sheets_draw_watermark(sheets, typesetter_here(err), input->watermark, cairo, err);
        cairo_show_page(cairo);
    }
    status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (drawn && status != CAIRO_STATUS_SUCCESS)
        return error_set_cause(err, ERR_INTERNAL, (int)status, "cairo: %s", cairo_status_to_string(status));
    return drawn;
}

bool document_draw_pdf(const Document *document, const Qr *qr, Blob **ret_pdf, Error *err)
{
    DocumentInput input = document->input;
    OWNED_BUF pdf;
    Blob *blob;

    buf_init(&pdf, PDF_BYTES_MOST);
    input.qr = qr;
    if (!draw_pdf(&input, &document->sheets, &pdf, err))
        return error_add(err, "PDF");
    blob = blob_take_buf(&pdf);
    if (!blob)
        return error_set(err, ERR_MEMORY, "PDF");
    *ret_pdf = blob;
    return true;
}

bool document_to_pdf(const DocumentInput *input, Blob **ret_pdf, DocumentFacts *ret, Error *err)
{
    DocumentFacts facts;
    OWNED(Document) document = document_lay_out(input, &facts, err);

    if (!document || !document_draw_pdf(document, input->qr, ret_pdf, err))
        return false;
    *ret = facts;
    return true;
}

static bool draw_png(const DocumentInput *input, const Sheets *sheets, int page, int width, Buf *png, Error *err)
{
    const double scale = width / sheets_width(sheets);
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, (int)(sheets_height(sheets) * scale + 0.5));
    cairo_t *cairo = cairo_create(surface);
    cairo_status_t status;
    bool drawn;

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    sheets_draw(sheets, page, input->qr, cairo);
    drawn = !input->watermark || sheets_draw_watermark(sheets, typesetter_here(err), input->watermark, cairo, err);
    status = cairo_status(cairo);
    cairo_destroy(cairo);
    if (drawn && status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, write_buf, png);
    cairo_surface_destroy(surface);
    if (drawn && status != CAIRO_STATUS_SUCCESS)
        return error_set_cause(err, ERR_INTERNAL, (int)status, "cairo: %s", cairo_status_to_string(status));
    return drawn;
}

bool document_to_png(const DocumentInput *input, int page, int width, Blob **ret_png, DocumentFacts *ret, Error *err)
{
    OWNED(Document) document = NULL;
    OWNED_BUF png;
    DocumentFacts facts;
    Blob *blob;

    buf_init(&png, PNG_BYTES_MOST);
    if (width < 100 || width > 2000)
        return error_set(err, ERR_RANGE, "preview of %d pixels", width);
    document = document_lay_out(input, &facts, err);
    if (!document)
        return error_add(err, "preview");
    if (page < 0 || page >= facts.pages)
        return error_set(err, ERR_RANGE, "preview of page %d of %d", page + 1, facts.pages);
    if (!draw_png(input, &document->sheets, page, width, &png, err))
        return error_add(err, "preview");
    blob = blob_take_buf(&png);
    if (!blob)
        return error_set(err, ERR_MEMORY, "preview");
    *ret_png = blob;
    *ret = facts;
    return true;
}
