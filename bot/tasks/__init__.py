"""Case tasks: giving out, collecting a work, reviewing it, archives and workbooks."""
