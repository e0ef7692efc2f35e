/* Pages of information, as kiosks are told them (wire/information.h): those of the shelf, with the institution's hours.
 */
#ifndef REGISTRAR_OFFICE_INFORMATION_H
#define REGISTRAR_OFFICE_INFORMATION_H

#include "registrar/office/office.h"
#include "wire/information.h"

/* Of now, after what others put was taken.  version: its ETag. */
bool office_information(Office *office, Buf *ret, char ret_version[INFORMATION_VERSION_SIZE], Error *err) MUST_USE;
/* That version alone, of what hangs now: for a heartbeat. */
bool office_information_version(Office *office, char ret[INFORMATION_VERSION_SIZE], Error *err) MUST_USE;

#endif
