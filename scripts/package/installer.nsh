; Asked while the program is taken away: whether projects, models and settings go with it. Kept unless answered with yes.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "プロジェクト・モデル・設定も削除しますか？$\n$\nDelete your projects, models and settings, too?" /SD IDNO IDNO keepData
      RMDir /r "$APPDATA\Neiro"
    keepData:
  ${endIf}
!macroend
