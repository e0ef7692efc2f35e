/* What every reader and writer of JPEG here does when libjpeg is not content.  libjpeg leaves by longjmp: whoever calls
 * it sets `back` first.  Inside document/. */
#ifndef REGISTRAR_DOCUMENT_JPEG_H
#define REGISTRAR_DOCUMENT_JPEG_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include <jpeglib.h>

#include "base/macros.h"

#define JPEG_SCANS_MOST 64 /* cameras and encoders write ten */

typedef struct JpegFault {
    struct jpeg_error_mgr base; /* first, so that libjpeg's pointer is ours */
    struct jpeg_progress_mgr progress;
    jmp_buf back;
    char text[JMSG_LENGTH_MAX];
    bool forgives_surplus; /* bytes between two parts, as some phones write them, are no damage */
} JpegFault;

/* All errors, and every warning but the forgiven one, go back with words in text: a picture that is damaged is none. */
void jpeg_fault_init(JpegFault *fault);
/* A picture that is sent in many passes costs all its pixels for each, however few bytes that takes: more than
 * JPEG_SCANS_MOST are an error.  After jpeg_create_decompress. */
void jpeg_fault_watch(JpegFault *fault, struct jpeg_decompress_struct *decoder);

#endif
