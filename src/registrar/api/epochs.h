/* Epochs as entity tags: what a clerk saw is what a change of it names. */
#ifndef REGISTRAR_API_EPOCHS_H
#define REGISTRAR_API_EPOCHS_H

#include "registrar/http/server.h"

/* If-Match: "7".  A list or "*" names no single epoch: false. */
bool epoch_read(const char *if_match, uint32_t *ret) MUST_USE;
void epoch_write(uint32_t epoch, HttpServerAnswer *answer);

#endif
