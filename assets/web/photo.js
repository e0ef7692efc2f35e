// Makes a photograph as small as the office keeps it before it is sent, so that a slow line brings it, and sends it as soon as it is taken.  Without
// this script, or where the browser can't read the picture, the file goes as it is.
'use strict';
document.documentElement.classList.add('scripted');
const LONGER_SIDE = 2000, QUALITY = 0.85;

const smaller = async file => {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGER_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
};

for (const form of document.querySelectorAll('form.send')) {
  const input = form.elements.photo;
  input.addEventListener('change', async () => {
    if (!input.files.length)
      return;
    document.documentElement.classList.add('sending');
    document.getElementById('sending').hidden = false;
    try {
      const blob = await smaller(input.files[0]);
      if (blob && blob.size < input.files[0].size) {
        const list = new DataTransfer();
        list.items.add(new File([blob], 'photo.jpg', {type: 'image/jpeg'}));
        input.files = list.files;
      }
    } catch (error) {
      // It is no picture that this browser reads: the office says what it is.
    }
    form.submit();
  });
}
