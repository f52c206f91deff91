!macro customInstall
  ; An uninstallation, which every update begins with, takes it away again with the rest of the folder.
  CopyFiles /SILENT "$EXEPATH" "$INSTDIR\resources\installer.exe"
!macroend
