/* From template and values to a page: as PDF, as PNG (the same Cairo drawing), and as the text that the seal's hash
 * covers. One Pango font map a call's thread; any thread, side by side. */
#ifndef REGISTRAR_DOCUMENT_DOCUMENT_H
#define REGISTRAR_DOCUMENT_DOCUMENT_H

#include "base/blob.h"
#include "registrar/document/template.h"
#include "wire/qr.h"

typedef struct DocumentInput {
    const Template *template;
    Language language;
    const json_t
        *values;        /* the snapshot: {"student.name": "...", "rows": [...]}: every field of the template as text */
    const char *number; /* "M-2026/004817"; NULL: a placeholder of the same width */
    const char *code;   /* grouped; NULL: a placeholder of the same width */
    const char *check_address; /* "hujjat.namuna.uz/v/": printed before the code */
    const Qr *qr;              /* NULL: a placeholder of the size of version 11 */
    Str logo;                  /* an SVG's bytes; empty: none */
    int64_t created_s;         /* the PDF's creation date, so that equal input gives equal bytes */
    const char *watermark;     /* over a preview, so that it cannot be taken for a paper; NULL: none */
} DocumentInput;

typedef struct DocumentFacts {
    int pages;
    uint8_t text_hash[SEAL_HASH_SIZE]; /* over the text in drawing order, equal to pdftotext -raw's */
    bool fits; /* false: something would be torn or cut (a name of 200 letters); the preview refuses it in words */
} DocumentFacts;

/* A paper laid out once: measured before its seal exists (the QR code has no text), drawn when it does.
 * Belongs to the thread that made it; what input points to must outlive it. */
typedef struct Document Document;
Document *document_lay_out(const DocumentInput *input, DocumentFacts *ret, Error *err) MUST_USE;
void document_free(Document *document);
OWNED_BY(Document, document_free)
/* qr takes the place of the input's. */
bool document_draw_pdf(const Document *document, const Qr *qr, Blob **ret_pdf, Error *err) MUST_USE;

/* Lays out without drawing. */
bool document_measure(const DocumentInput *input, DocumentFacts *ret, Error *err) MUST_USE;
bool document_to_pdf(const DocumentInput *input, Blob **ret_pdf, DocumentFacts *ret, Error *err) MUST_USE;
/* page: 0-based; width in pixels 100..2000. */
bool document_to_png(const DocumentInput *input, int page, int width, Blob **ret_png, DocumentFacts *ret,
                     Error *err) MUST_USE;

#endif
