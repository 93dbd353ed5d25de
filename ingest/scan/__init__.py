"""Reading of scans and images: from pixels to the same cells and lines a text layer gives.

The package needs the optional extra ``ocr``. It takes the recogniser's model out of the installed
rapidocr-onnxruntime, but runs none of that package's code, and so never loads OpenCV, whose
system libraries a server may lack.
"""
